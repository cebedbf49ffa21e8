// Before the first paint: the theme the viewer chose, and the mark that scripts run. Loaded without `defer` on purpose.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const chosen = /(?:^|; )otklik_theme=(light|dark)(?:;|$)/.exec(document.cookie);
  if (chosen) root.dataset.bsTheme = chosen[1];
  else delete root.dataset.bsTheme;
})();
