// Keeps this build's files, so that the page opens without network once it was visited. Requests that change something
// and those of signed-in people are never touched. making/offline.ts fills in the version and the files.
const CACHE = "hoithi-__VERSION__";
const FILES = [/* files */];
// Public and small: the calendar, a contest, a round, what people agree to.
const REMEMBERED = /^\/api\/(exam\/(contests|rounds)(\/[^/]+)?|exam\/contests\/[^/]+\/practice\/.+|registration\/consents)$/;
// Named after their content, like the files of a build.
const MEDIA = /^\/api\/exam\/(sounds|pictures)\/[^/]+$/;
// Shared links: the page itself, with a description for who has no script.
const SHARED = /^\/[crz]\/[A-Za-z0-9-]+$/;
const PATIENCE_MS = 4000;

addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.addAll(FILES))
      .then(() => skipWaiting()),
  );
});

addEventListener("activate", (event) => {
  event.waitUntil(dropOthers().then(() => clients.claim()));
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || request.headers.has("Authorization")) return;
  if (request.mode === "navigate" && pathname === "/") event.respondWith(freshOrKept(request, "/"));
  else if (request.mode === "navigate" && SHARED.test(pathname)) event.respondWith(freshOrKept(new Request("/"), "/"));
  else if (pathname.startsWith("/assets/") || MEDIA.test(pathname)) event.respondWith(keptOrFresh(request));
  else if (FILES.includes(pathname)) event.respondWith(freshOrKept(request, pathname));
  else if (REMEMBERED.test(pathname)) event.respondWith(freshOrKept(request, request.url));
});

async function dropOthers() {
  const names = await caches.keys();
  // Assets of the build before may still be asked for by a page that is open: they are fetched again.
  await Promise.all(names.filter((name) => name.startsWith("hoithi-") && name !== CACHE).map((name) => caches.delete(name)));
}

/** Files under /assets/, audio files and pictures carry their digest in the name: they never change. */
async function keptOrFresh(request) {
  const kept = await caches.match(request, { ignoreVary: true });
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await (await caches.open(CACHE)).put(request, response.clone());
  return response;
}

/** The network's answer; when it fails or takes too long, the last one that was kept. */
async function freshOrKept(request, key) {
  const answer = fetch(request).then(async (response) => {
    if (response.ok) await (await caches.open(CACHE)).put(key, response.clone());
    return response;
  });
  const kept = await caches.match(key, { ignoreVary: true });
  if (!kept) return answer;
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, null));
  const first = await Promise.race([answer.catch(() => null), late]);
  return first?.ok || (first && first.status < 500) ? first : marked(kept);
}

/** The page must not take the time of day from an old answer. */
function marked(response) {
  const headers = new Headers(response.headers);
  headers.set("X-From-Cache", "1");
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
