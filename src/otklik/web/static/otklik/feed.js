// Keys of the feed: the letter on a button presses that button of the message in focus, a digit an answer of the menu that
// is open. With messages marked, letters belong to the bar (`select.js`). After a decision the focus goes on to the message
// that has taken its place.
(() => {
  const PLACE = "otklik-feed-place";
  const rows = () => [...document.querySelectorAll("[data-row]")];
  const typing = (target) => target.closest?.("input:not([data-select]), textarea, select, [contenteditable]");
  const rowInFocus = () => document.activeElement?.closest("[data-row]");
  const openMenu = () => rowInFocus()?.querySelector(".feed-menu[open]");

  const press = (target) => {
    if (!target.matches("summary")) return target.click();
    const menu = target.parentElement;
    menu.open = true;
    menu.querySelector("button")?.focus();
    menu.querySelector(".menu-panel")?.scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.metaKey || event.ctrlKey || event.shiftKey) return;
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
    const undo = event.code === "KeyZ" && document.querySelector("[data-undo]");
    const isBar = document.querySelector("[data-select]:checked") && document.querySelector(`[data-bulk="${event.code}"]`);
    const target = digit
      ? openMenu()?.querySelectorAll("button")[digit[1] - 1]
      : undo || (!isBar && rowInFocus()?.querySelector(`[data-do="${event.code}"]`));
    if (!target) return;
    event.preventDefault();
    press(target);
  });

  document.addEventListener("submit", (event) => {
    const row = event.submitter?.closest("[data-row]");
    if (row) sessionStorage.setItem(PLACE, String(rows().indexOf(row)));
  });

  const place = sessionStorage.getItem(PLACE);
  sessionStorage.removeItem(PLACE);
  if (place !== null && document.getElementById("feed-done")) {
    const here = rows();
    here[Math.min(Number(place), here.length - 1)]?.querySelector(".row-link")?.focus();
  }
})();
