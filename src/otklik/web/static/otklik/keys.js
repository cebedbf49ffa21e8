// Keys of the queue and the card. By the place of the key (`code`), so that they work in the Russian layout too.
(() => {
  const typing = (target) => target.closest?.("input, textarea, select, [contenteditable]");
  const rows = () => [...document.querySelectorAll("[data-row] .row-link")];
  const main = () => document.querySelector("[data-main]");

  const move = (by) => {
    const links = rows();
    if (!links.length) return;
    const here = links.indexOf(document.activeElement?.closest("[data-row]")?.querySelector(".row-link"));
    const there = here < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, here + by));
    links[there].focus();
    links[there].closest("[data-row]").scrollIntoView({ block: "nearest" });
  };

  const press = (name) => {
    const target = document.querySelector(`[data-key="${name}"]`);
    if (!target) return false;
    if (target.matches("input")) target.select();
    else target.click();
    target.focus();
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.metaKey) return;
    if (event.ctrlKey) {
      if (event.key === "Enter" && main()) {
        event.preventDefault();
        main().click();
      }
      return;
    }
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    if (event.key === "?" || (event.shiftKey && event.code === "Slash")) {
      event.preventDefault();
      document.getElementById("keys-sheet")?.showModal();
    } else if (event.key === "/" || event.code === "Slash") {
      if (press("/")) event.preventDefault();
    } else if (event.code === "KeyJ") move(1);
    else if (event.code === "KeyK") move(-1);
    else if (event.code === "KeyU") press("u");
  });
})();
