// A page that stays true while it lies open. Once a minute it asks for itself and takes in clocks and counts; between
// that the stream of changes (one a browser, `live-worker.js`) says which incidents to look at. Rows that are here
// change in place; what came or went is announced, and comes in when the reader asks for it. Nothing moves.
(() => {
  const EVERY = 60_000;
  const TOGETHER = 300;
  const AT_MOST_EVERY = 1_000;
  const TOO_MANY = 100;
  const list = document.getElementById("queue-live");
  const news = document.getElementById("queue-news");
  const added = new Set();
  const gone = new Set();

  const ask = async (url) => {
    const headers = { "X-Otklik-Background": "1", "X-Otklik-Renew": "1" };
    const answer = await fetch(url, { headers, redirect: "manual" });
    return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  };

  const renewClocks = (fresh) => {
    document.querySelectorAll("[data-clock]").forEach((clock) => {
      const renewed = fresh.querySelector(`[data-clock="${CSS.escape(clock.dataset.clock)}"]`);
      if (!renewed || renewed.outerHTML === clock.outerHTML) return;
      clock.className = renewed.className;
      clock.innerHTML = renewed.innerHTML;
    });
    renewCounts(fresh);
  };

  const renewCounts = (fresh) => {
    document.querySelectorAll("[data-count]").forEach((count) => {
      const renewed = fresh.querySelector(`[data-count="${CSS.escape(count.dataset.count)}"]`);
      if (renewed) count.textContent = renewed.textContent;
    });
  };

  const announce = () => {
    if (!news) return;
    const words = news.dataset.words.replace("{added}", added.size).replace("{gone}", gone.size);
    news.hidden = !added.size && !gone.size;
    if (!news.hidden && news.textContent !== words) news.textContent = words;
  };

  // The row's own box stays, with the focus in it; a row whose explanation is open is left to the next time.
  const renewRow = (row, fresh) => {
    if (row.querySelector("details[open]")) return;
    const focused = row.contains(document.activeElement) ? document.activeElement : null;
    const kept = focused && (focused.matches(".row-link") ? ".row-link" : "[data-select]");
    const wasChosen = row.querySelector("[data-select]")?.checked;
    const before = row.innerHTML;
    row.className = fresh.className;
    row.innerHTML = fresh.innerHTML;
    const box = row.querySelector("[data-select]");
    if (box && wasChosen) box.checked = true;
    if (kept) row.querySelector(kept)?.focus({ preventScroll: true });
    if (before !== row.innerHTML) row.classList.add("is-changed");
  };

  const takeIn = (fresh, isAsked) => {
    fresh.querySelectorAll("[data-row]").forEach((row) => {
      const here = document.getElementById(row.id);
      gone.delete(row.id);
      if (!here) added.add(row.id);
      else if (here.innerHTML !== row.innerHTML) renewRow(here, row);
      here?.classList.remove("is-gone");
    });
    document.querySelectorAll("[data-row]").forEach((row) => {
      if (!isAsked(row.id) || fresh.getElementById(row.id)) return;
      row.classList.add("is-gone");
      gone.add(row.id);
    });
    added.forEach((id) => {
      if (isAsked(id) && !fresh.getElementById(id)) added.delete(id);
    });
    announce();
  };

  const renew = async () => {
    if (document.hidden || !navigator.onLine) return;
    try {
      const fresh = await ask(location.href);
      if (!fresh) return;
      renewClocks(fresh);
      if (list) takeIn(fresh, () => true);
    } catch {
      // no connection: page.js says so, the next minute tries again
    }
  };

  setInterval(renew, EVERY);
  document.addEventListener("visibilitychange", renew);
  document.addEventListener("otklik:renew", renew);

  // --- the stream
  if (!list?.dataset.liveUrl) return;
  const { liveUrl, liveWorker, liveId, changesUrl } = list.dataset;
  let waiting = new Set();
  let timer = null;
  let lastAt = 0;

  const look = async () => {
    timer = null;
    if (document.hidden || !waiting.size) return; // a hidden page renews itself when it is seen again
    const ids = [...waiting];
    waiting = new Set();
    lastAt = Date.now();
    if (ids.length > TOO_MANY) return void renew();
    try {
      const fresh = await ask(`${changesUrl}&ids=${ids.join(",")}`);
      if (!fresh) return;
      renewCounts(fresh);
      const asked = new Set(ids.map((id) => `row-i${id}`));
      takeIn(fresh, (id) => asked.has(id));
    } catch {
      ids.forEach((id) => waiting.add(id));
    }
  };

  const hear = ({ type, incidents }) => {
    if (type === "renew") return void renew();
    if (type !== "change") return;
    incidents.forEach((id) => waiting.add(id));
    timer ??= setTimeout(look, Math.max(TOGETHER, lastAt + AT_MOST_EVERY - Date.now()));
  };

  const listenAlone = () => {
    const source = new EventSource(`${liveUrl}?after=${encodeURIComponent(liveId)}`);
    for (const type of ["change", "renew"]) {
      source.addEventListener(type, (event) => hear({ type, ...JSON.parse(event.data) }));
    }
    addEventListener("pagehide", () => source.close());
  };

  const listenTogether = () => {
    const { port } = new SharedWorker(liveWorker, { name: `otklik-${list.dataset.liveKey}` });
    port.onmessage = ({ data }) => hear(data);
    port.start();
    port.postMessage({ url: liveUrl, id: liveId });
    addEventListener("pagehide", () => port.postMessage({ leave: true }));
    addEventListener("pageshow", (event) => {
      if (event.persisted) port.postMessage({ url: liveUrl, id: liveId });
    });
  };

  if ("SharedWorker" in window) listenTogether();
  else if ("EventSource" in window) listenAlone();
})();
