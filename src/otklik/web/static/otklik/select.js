// Marking rows: `x` marks the row in focus, Shift with a click marks a stretch; `e`, `r`, `a` press the buttons of the bar
// for what is marked, or for the row in focus; `f` opens the filters. Without scripts the boxes and the bar work by themselves.
(() => {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.metaKey || event.ctrlKey || event.code !== "KeyF") return;
    if (event.target.closest?.("input:not([data-select]), textarea, select") || document.querySelector("dialog[open]")) return;
    document.querySelector('[data-key="f"]')?.click();
  });

  const bar = document.getElementById("bulk");
  if (!bar) return;
  const count = bar.querySelector("[data-chosen]");
  const boxes = () => [...document.querySelectorAll("[data-select]")];
  const focusedBox = () => document.activeElement?.closest("[data-row]")?.querySelector("[data-select]");
  const words = count.textContent;
  let last = null;

  const show = () => {
    const chosen = boxes().filter((box) => box.checked).length;
    count.textContent = chosen ? `${words} ${chosen}` : words;
  };

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-choose-none]")) {
      boxes().forEach((box) => (box.checked = false));
      show();
      return;
    }
    if (!event.target.matches("[data-select]")) return;
    const all = boxes();
    if (event.shiftKey && last && all.includes(last)) {
      const [from, to] = [all.indexOf(last), all.indexOf(event.target)].sort((a, b) => a - b);
      all.slice(from, to + 1).forEach((box) => (box.checked = event.target.checked));
    }
    last = event.target;
    show();
  });

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const typing = event.target.closest?.("input:not([data-select]), textarea, select, [contenteditable]");
    if (typing || document.querySelector("dialog[open]")) return;
    const box = focusedBox();
    if (event.code === "KeyX" && box) {
      box.checked = !box.checked;
      show();
      return;
    }
    const button = bar.querySelector(`[data-bulk="${event.code}"]`);
    if (!button) return;
    if (!boxes().some((one) => one.checked) && box) box.checked = true;
    show();
    if (boxes().some((one) => one.checked)) button.click();
  });

  addEventListener("pageshow", show);
})();
