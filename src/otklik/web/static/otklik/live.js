// Clocks that stay true: once a minute the page asks for itself and takes in only its clocks and counts. Rows never
// jump: what is new is announced at the top and comes in when the reader asks for it.
(() => {
  const EVERY = 60_000;

  const renewClocks = (fresh) => {
    document.querySelectorAll("[data-clock]").forEach((clock) => {
      const renewed = fresh.querySelector(`[data-clock="${CSS.escape(clock.dataset.clock)}"]`);
      if (!renewed || renewed.outerHTML === clock.outerHTML) return;
      clock.className = renewed.className;
      clock.innerHTML = renewed.innerHTML;
    });
    document.querySelectorAll("[data-count]").forEach((count) => {
      const renewed = fresh.querySelector(`[data-count="${CSS.escape(count.dataset.count)}"]`);
      if (renewed) count.textContent = renewed.textContent;
    });
  };

  const announceNew = (fresh) => {
    const news = document.getElementById("queue-news");
    if (!news) return;
    const added = [...fresh.querySelectorAll("[data-row]")].filter((row) => !document.getElementById(row.id));
    const gone = [...document.querySelectorAll("[data-row]")].filter((row) => !fresh.getElementById(row.id));
    if (!added.length && !gone.length) return;
    news.textContent = news.dataset.words.replace("{added}", added.length).replace("{gone}", gone.length);
    news.hidden = false;
  };

  const renew = async () => {
    if (document.hidden || !navigator.onLine) return;
    try {
      const answer = await fetch(location.href, { headers: { "X-Otklik-Renew": "1" }, redirect: "manual" });
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      renewClocks(fresh);
      announceNew(fresh);
    } catch {
      // no connection: page.js says so, the next minute tries again
    }
  };

  setInterval(renew, EVERY);
  document.addEventListener("visibilitychange", renew);
  document.addEventListener("otklik:renew", renew);
})();
