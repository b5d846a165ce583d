/**
 * Keeps a page whole without network. Each build is one cache, filled completely or not at all, so that a page never runs on
 * modules of two builds. The server writes build, page and files into this script.
 */
const BUILD = '%BUILD%';
const PAGE = '%PAGE%';
const FILES = '%FILES%'.split(' ');
const CACHE = `${PAGE} ${BUILD}`;

self.addEventListener('install', (event) => event.waitUntil(fill().then(() => self.skipWaiting())));

self.addEventListener('activate', (event) => event.waitUntil(forgetOlder().then(() => self.clients.claim())));

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  const ours = event.request.method === 'GET' && url.origin === self.location.origin && FILES.includes(url.pathname);
  if (ours) {
    event.respondWith(cached(url.pathname, event.request));
  }
});

async function fill() {
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES.map((path) => new Request(path, { cache: 'no-cache' })));
}

async function forgetOlder() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(`${PAGE} `) && name !== CACHE).map((name) => caches.delete(name)));
}

async function cached(path, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(path)) ?? fetch(request);
}
