/**
 * The service worker: shows pages that this phone has seen when there is no connection, or a very slow one.
 *
 * The build fills in VERSION and FILES. A version keeps what belongs together: its own files, checked by their digests
 * before it starts, and pages that came while the site was of that version. A new version begins with nothing of the old
 * one. Times are only ever told, never compared, so that a phone's clock may be wrong.
 */

/** Stands for the files below. */
const VERSION = "";
/** The site's style, scripts and icon, with the SHA-256 of each. @type {Record<string, string>} */
const FILES = {};

const PATIENCE_MS = 4000; // for a page, when there is a copy of it
const MOST_SEEN = 60; // pages
const MOST_KEPT = 50;
const MOST_SHELL = 9; // three pages in each of three languages
const AT_ONCE = 3; // requests that nobody waits for
const scope = new URL(self.registration.scope);
const PREFIX = `dp ${scope.pathname} `;
const FILES_CACHE = `${PREFIX}${VERSION} files`;
/** Pages: saved programs, the finder and its neighbours, and what else was looked at. */
const [KEPT, SHELL, SEEN] = ["kept", "shell", "seen"].map((name) => `${PREFIX}${VERSION} ${name}`);
const PAGES = [KEPT, SHELL, SEEN];

/** Pages that were last shown as a copy, with the time of the copy (milliseconds since 1970). @type {Map<string, number>} */
const copies = new Map();
/** What changes the caches is done one after the other. @type {Promise<unknown>} */
let turn = Promise.resolve();

// --- Versions ---

/** Takes the files of this version; one that is not as it should be, as in the middle of an update, makes it wait. */
async function install() {
  const cache = await caches.open(FILES_CACHE);
  await several(Object.entries(FILES), async ([path, digest]) => {
    const address = new URL(path, scope).href;
    const answer = await fetch(address, { cache: "no-cache" });
    if (!answer.ok || (await digestOf(answer.clone())) !== digest) throw new Error(`${path} is of another version`);
    await cache.put(address, answer);
  });
  await follow();
  await self.skipWaiting();
}

/** Takes anew what an older version kept on purpose. */
async function follow() {
  for (const name of await caches.keys()) {
    if (!name.startsWith(PREFIX) || PAGES.includes(name)) continue;
    const [, kind] = name.slice(PREFIX.length).split(" ");
    const target = kind === "kept" ? KEPT : kind === "shell" ? SHELL : "";
    if (!target) continue;
    const pages = await (await caches.open(name)).keys();
    await several(pages, ({ url }) => take(url, target).catch(() => undefined));
  }
}

/** Removes everything of other versions. */
async function activate() {
  const mine = [FILES_CACHE, ...PAGES];
  const old = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && !mine.includes(name));
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.registration.navigationPreload?.enable().catch(() => undefined);
}

/** @param {Response} answer */
async function digestOf(answer) {
  const digest = await crypto.subtle.digest("SHA-256", await answer.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Whether the site is still of this version, as far as can be told. */
async function isCurrent() {
  const answer = await fetch(new URL("sw.js", scope), { cache: "no-cache" });
  return answer.ok && (await answer.text()).includes(`"${VERSION}"`);
}

/** Does something with each, a few at a time. @template T @param {T[]} all @param {(one: T) => Promise<unknown>} act */
async function several(all, act) {
  const left = [...all];
  const work = async () => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await act(one);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

// --- Pages ---

/** A page's address without what only its script reads. @param {string} url */
function plain(url) {
  return url.split(/[?#]/)[0];
}

/** The copy of a page. @param {string} address */
async function find(address) {
  for (const name of PAGES) {
    const found = await (await caches.open(name)).match(address);
    if (found) return found;
  }
  return undefined;
}

/** Whether an answer is a page that may be kept. @param {Response} answer */
function isPage(answer) {
  const isHtml = (answer.headers.get("content-type") ?? "").startsWith("text/html");
  return answer.status === 200 && answer.type === "basic" && !answer.redirected && isHtml;
}

/** Keeps a page as it came just now; one that is gone is forgotten. @param {string} address @param {Response} answer @param {string} [target] */
async function keep(address, answer, target) {
  if (answer.status === 404 || answer.status === 410) {
    await Promise.all(PAGES.map(async (name) => (await caches.open(name)).delete(address)));
    return;
  }
  if (!isPage(answer) || !(await isCurrent())) return;
  const place = target ?? (await placeOf(address));
  const cache = await caches.open(place);
  await cache.delete(address); // so that it is the newest
  await cache.put(address, answer);
  const keys = await cache.keys();
  const most = { [SEEN]: MOST_SEEN, [SHELL]: MOST_SHELL, [KEPT]: MOST_KEPT }[place] ?? 0;
  await Promise.all(keys.slice(0, Math.max(0, keys.length - most)).map((old) => cache.delete(old)));
}

/** Where a page is kept. @param {string} address */
async function placeOf(address) {
  for (const name of [KEPT, SHELL]) {
    if (await (await caches.open(name)).match(address)) return name;
  }
  return SEEN;
}

/** Fetches a page to keep it. @param {string} address @param {string} [target] */
async function take(address, target) {
  const answer = await fetch(address, { cache: "no-cache" });
  await keep(address, answer, target);
}

/** Does something when all before it is done; a full disk or a lost connection is no reason to stop. @param {() => Promise<unknown>} act */
function inTurn(act) {
  turn = turn.then(act).catch(() => undefined);
  return turn;
}

/** A page from the network; its copy, if there is one, when that fails or takes too long. @param {FetchEvent} event */
async function page(event) {
  const address = plain(event.request.url);
  const network = (async () => (await event.preloadResponse) ?? fetch(event.request))().then((answer) => {
    const mine = answer.clone();
    event.waitUntil(inTurn(() => keep(address, mine)));
    return answer;
  });
  network.catch(() => undefined);
  const copy = await find(address).catch(() => undefined);
  if (!copy) return network.catch(() => elsewhere(address));
  const late = new Promise((done) => setTimeout(done, PATIENCE_MS, null));
  const answer = await Promise.race([network.catch(() => null), late]);
  if (answer && answer.status < 500) {
    copies.delete(address);
    return answer;
  }
  copies.set(address, Date.parse(copy.headers.get("date") ?? "") || 0);
  return copy;
}

/** The saved list instead of a page that is not kept here; it says why. @param {string} address */
async function elsewhere(address) {
  const path = address.slice(scope.href.length);
  const language = path.split("/")[0];
  const known = (await (await caches.open(SHELL)).keys()).map(({ url }) => url).filter((url) => url.endsWith("/saved/"));
  const list = known.find((url) => url === new URL(`${language}/saved/`, scope).href) ?? known.at(-1);
  return list && list !== address ? Response.redirect(`${list}#offline=${encodeURIComponent(path)}`) : Response.error();
}

/** A file of the site: the one on the network, unless the page that asks is a copy. @param {FetchEvent} event */
async function file(event) {
  const address = plain(event.request.url);
  const own = () => caches.match(address, { cacheName: FILES_CACHE });
  const client = event.clientId ? await self.clients.get(event.clientId) : undefined;
  const kept = client && copies.has(plain(client.url)) ? await own() : undefined;
  return kept ?? fetch(event.request).catch(async (error) => (await own()) ?? Promise.reject(error));
}

// --- What pages tell ---

/** Keeps these pages, and none other in that place unless it may be there. @param {string[]} wanted @param {string} target @param {boolean} isAll */
async function hold(wanted, target, isAll) {
  const cache = await caches.open(target);
  if (isAll) {
    const old = (await cache.keys()).filter(({ url }) => !wanted.includes(url));
    await Promise.all(old.map((request) => cache.delete(request)));
  }
  await several(wanted, async (address) => {
    if (!(await cache.match(address))) await take(address, target).catch(() => undefined);
  });
}

/** Addresses of this site's pages among what a page has told. @param {unknown} told @param {number} most @returns {string[]} */
function ours(told, most) {
  const all = Array.isArray(told) ? told : [];
  return all.filter((each) => typeof each === "string" && each.startsWith(scope.href)).slice(0, most).map(plain);
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = plain(request.url);
  if (request.method !== "GET" || !address.startsWith(scope.href)) return;
  const path = address.slice(scope.href.length);
  if (request.mode === "navigate" && /(^|\/|\.html)$/.test(path)) event.respondWith(page(event));
  else if (typeof FILES[path] === "string") event.respondWith(file(event));
});
self.addEventListener("message", (event) => {
  const { ask, keep: kept, shell, here } = event.data ?? {};
  if (ask === "copy") {
    event.ports[0]?.postMessage(copies.get(plain(/** @type {WindowClient} */ (event.source)?.url ?? "")) ?? null);
    return;
  }
  const work = async () => {
    await hold(ours(kept, MOST_KEPT), KEPT, true);
    await hold(ours(shell, MOST_SHELL), SHELL, false);
    for (const address of ours([here], 1)) if (!(await find(address))) await take(address);
  };
  event.waitUntil(inTurn(work));
});
