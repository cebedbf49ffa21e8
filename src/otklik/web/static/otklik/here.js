// Who else is at this card: asked every ten seconds while the page is seen. Says by the way that we are here.
(() => {
  const EVERY = 10_000;
  const here = document.getElementById("here");
  if (!here) return;

  const ask = async () => {
    if (document.hidden || !navigator.onLine) return;
    try {
      const headers = { "X-Otklik-Background": "1" };
      const answer = await fetch(here.dataset.hereUrl, { headers, redirect: "manual" });
      const fresh = answer.ok ? await answer.text() : "";
      if (fresh.trim() !== here.innerHTML.trim()) here.innerHTML = fresh;
    } catch {
      // no connection: page.js says so
    }
  };

  setInterval(ask, EVERY);
  document.addEventListener("visibilitychange", ask);
})();
