// Keeps static files, and one page for when there is no connection. A page with people's data is never kept:
// nothing but addresses of {{ static_prefix }} that carry a version, and those of SHELL, goes into the cache.
const CACHE = "otklik-{{ version }}";
const SHELL = {{ shell|safe }};
const OFFLINE = SHELL[0];
const STATIC = "{{ static_prefix }}";

self.addEventListener("install", (event) => {
  const fresh = SHELL.map((address) => new Request(address, { cache: "reload" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(fresh)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("otklik-") && name !== CACHE;
  const tidy = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter(old).map((name) => caches.delete(name)));
    await self.registration.navigationPreload?.enable();
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

// A page comes from the server or not at all.
const page = async (event) => {
  try {
    return (await event.preloadResponse) || (await fetch(event.request));
  } catch {
    return caches.match(OFFLINE);
  }
};

// The version in the address is the digest of the content: what is kept cannot be stale. An older version goes.
const file = async (request) => {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) {
    await cache.delete(request, { ignoreSearch: true });
    await cache.put(request, answer.clone());
  }
  return answer;
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (url.pathname.startsWith(STATIC) && (url.searchParams.has("v") || SHELL.includes(url.pathname))) {
    event.respondWith(file(request));
  }
});
