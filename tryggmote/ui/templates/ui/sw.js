// Shows a page that says what works when there is no network. Keeps no page about anybody.
const OFFLINE = {
{% for language, address in offline %} {{ language }}: "{{ address|escapejs }}",{% endfor %} };
const FILES = [{% for file in files %}"{{ file|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
// A new build has new addresses and so a new cache; the old one is thrown away.
const CACHE = "tryggmote-files-" + FILES.join("|");
const LANGUAGE = "tryggmote-language"; // Kept by every page (shell.js): the language somebody last read in.

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(CACHE)
      .then((cache) => cache.addAll([...Object.values(OFFLINE), ...FILES]))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => names.filter((name) => ![CACHE, LANGUAGE].includes(name)))
      .then((old) => Promise.all(old.map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

const offlinePage = async () => {
  const kept = await caches.match("/", { cacheName: LANGUAGE });
  return caches.match(OFFLINE[kept && await kept.text()] ?? OFFLINE.nb);
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(offlinePage));
  } else if (FILES.includes(new URL(request.url).pathname)) {
    event.respondWith(caches.match(request).then((kept) => kept || fetch(request)));
  }
});
