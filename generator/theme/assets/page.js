/**
 * What every page can do beside being read: keep programs in a list on the phone, send the page to somebody, say how old
 * a copy is that is shown without a connection. Without this script every page is complete.
 *
 * The list is kept in the browser and leaves it only when a person sends it. Every word shown comes from the page.
 *
 * @typedef {{id: string, name: string, line: string, language: string, page: string}} Saved a program: its address below
 *   `partners/`, its name, one line about it, the language of that line, and that of the page on which it stood
 */

export const MOST = 50; // programs in a list
export const ID = /^[a-z0-9-]{1,64}\/[a-z0-9-]{1,64}$/;
const LONGEST = 400; // characters of a name or a line
const root = new URL("../", import.meta.url);
const { lang } = document.documentElement;
const home = new URL(`${lang}/`, root);
const KEY = `dp-saved ${root.pathname}`; // other sites may be at the same host
const WORKER_DELAY_MS = 2000;
const said = /** @type {HTMLTemplateElement} */ (document.getElementById("dp-page-words")).content;
const status = document.createElement("div");
status.className = "dp-status";
status.setAttribute("role", "status");
let isWorking = false; // whether a worker keeps pages

/** A message of the page with its values filled in. @param {string} name @param {Record<string, string | number>} [values] */
export function word(name, values = {}) {
  const text = said.querySelector(`[data-word="${name}"]`)?.textContent ?? "";
  return text.replace(/%\((\w+)\)s/g, (_, key) => String(values[key] ?? ""));
}

/** Says something right behind what was used. @param {Element} near @param {string} message @param {Element[]} [further] */
export function say(near, message, ...further) {
  status.replaceChildren();
  near.after(status);
  setTimeout(() => status.replaceChildren(message, ...further), 50); // a change inside of it is what is read out
}

// --- The list ---

/** What the browser keeps under our name; null when it keeps nothing for this site. @returns {string | null} */
function stored() {
  try {
    return localStorage.getItem(KEY) ?? "[]";
  } catch {
    return null;
  }
}

/**
 * What is kept, whether all of it could be read, and whether the browser keeps anything.
 *
 * @returns {{programs: Saved[], isWhole: boolean, isKept: boolean}}
 */
export function read() {
  const text = stored();
  if (text === null) return { programs: [], isWhole: true, isKept: false };
  try {
    const kept = JSON.parse(text);
    const programs = (Array.isArray(kept) ? kept : []).flatMap(sound).slice(0, MOST);
    const ids = programs.map(({ id }) => id);
    const single = programs.filter(({ id }, place) => ids.indexOf(id) === place);
    return { programs: single, isWhole: Array.isArray(kept) && single.length === kept.length, isKept: true };
  } catch {
    return { programs: [], isWhole: false, isKept: true };
  }
}

/** A program as it was kept; nothing when it is something else. @param {any} kept @returns {Saved[]} */
function sound(kept) {
  if (!kept || typeof kept !== "object" || typeof kept.id !== "string" || !ID.test(kept.id)) return [];
  const text = (/** @type {unknown} */ value) => (typeof value === "string" ? value.slice(0, LONGEST) : "");
  return [{ id: kept.id, name: text(kept.name), line: text(kept.line), language: text(kept.language), page: text(kept.page) }];
}

/** Keeps a list; whether that was possible. @param {Saved[]} programs */
export function write(programs) {
  try {
    if (programs.length) localStorage.setItem(KEY, JSON.stringify(programs));
    else localStorage.removeItem(KEY);
  } catch {
    return false;
  }
  changed();
  return true;
}

/** Puts programs into the list, or says why not; whether they are in it. @param {Saved[]} more @param {Element} near */
export function add(more, near) {
  const { programs } = read();
  const ids = new Set(programs.map(({ id }) => id));
  const all = [...programs, ...more.filter(({ id }) => !ids.has(id))];
  if (all.length > MOST) say(near, word("full", { count: MOST }));
  else if (write(all)) return true;
  else say(near, word("blocked"));
  return false;
}

/** Marks the buttons of what is in the list. @param {Saved[]} programs */
function mark(programs) {
  const ids = new Set(programs.map(({ id }) => id));
  for (const button of document.querySelectorAll(".dp-save")) {
    button.setAttribute("aria-pressed", String(ids.has(/** @type {HTMLElement} */ (button).dataset.id ?? "")));
  }
}

/** Shows everywhere on the page what is in the list. */
function changed() {
  const { programs } = read();
  mark(programs);
  const entry = document.getElementById("dp-saved-entry");
  if (entry) {
    entry.hidden = !programs.length && !entry.querySelector("[aria-current]");
    const count = entry.querySelector(".dp-count");
    if (count) count.textContent = programs.length ? `(${programs.length})` : "";
  }
  document.dispatchEvent(new Event("dp-saved"));
  if (isWorking) void tellWorker();
}

// --- Buttons on cards and on the page of a program ---

/** The program that a link leads to; empty when it is no program. @param {string} address */
function idOf(address) {
  const start = new URL("partners/", home).href;
  const plain = address.split(/[?#]/)[0];
  const id = plain.startsWith(start) ? plain.slice(start.length).replace(/\/(index\.html)?$/, "") : "";
  return ID.test(id) ? id : "";
}

/** @param {Saved} program */
function saveButton(program) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "dp-button dp-button--small dp-button--plain dp-save" });
  button.dataset.id = program.id;
  button.textContent = word("save");
  button.setAttribute("aria-label", `${word("save")}: ${program.name}`);
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", () => {
    if (button.getAttribute("aria-pressed") === "false") add([program], button);
    else if (!write(read().programs.filter(({ id }) => id !== program.id))) say(button, word("blocked"));
  });
  return button;
}

/** What a card or a page says of a program. @param {string} id @param {Element | null} name @param {Element | null} line @returns {Saved} */
export function told(id, name, line) {
  const text = (/** @type {Element | null} */ node) => (node?.textContent ?? "").trim().slice(0, LONGEST);
  const language = line?.closest("[lang]")?.getAttribute("lang") ?? lang;
  return { id, name: text(name), line: text(line), language, page: lang };
}

/** Gives every card that has none its button. */
export function offerCards() {
  const places = document.querySelectorAll(".dp-card__do:not([data-has-save])");
  for (const place of places) {
    const card = place.closest(".dp-card");
    const link = card?.querySelector(".dp-card__name a");
    const id = link instanceof HTMLAnchorElement ? idOf(link.href) : "";
    place.setAttribute("data-has-save", "");
    if (id) place.append(saveButton(told(id, link ?? null, card?.querySelector(".dp-card__summary") ?? null)));
  }
  if (places.length) mark(read().programs);
}

/** The address to send: the one the site is known by, else the one it has here. */
export function addressHere() {
  const known = document.querySelector('link[rel="canonical"]');
  return known instanceof HTMLLinkElement ? known.href : `${location.origin}${location.pathname}`;
}

/** Gives the page of a program its buttons. */
function offerProgram() {
  const title = document.querySelector(".dp-head h1");
  const id = idOf(location.href);
  const isOther = !document.getElementById("dp-share") || document.querySelector("meta[http-equiv=refresh]");
  if (!title || !id || isOther) return;
  const row = document.createElement("div");
  row.className = "dp-tools";
  row.append(saveButton(told(id, title, document.querySelector(".dp-lead"))));
  title.closest(".dp-head")?.append(row);
  offerSharing(row, () => ({ title: title.textContent?.trim() ?? "", url: addressHere() }));
}

/** Gives the page of a story its buttons to send and to print. */
function offerStory() {
  const title = document.querySelector(".dp-head h1")?.textContent?.trim() ?? "";
  const place = document.querySelector("[data-share]");
  if (place) offerSharing(place, () => ({ title, url: addressHere() }));
}

// --- Sending ---

/**
 * Gives a place the buttons to send and to print; they send what `what` tells at the time.
 *
 * @param {Element} place @param {() => {title: string, url: string}} what
 */
export function offerSharing(place, what) {
  const share = document.getElementById("dp-share");
  if (share instanceof HTMLTemplateElement) place.append(share.content.cloneNode(true));
  const links = /** @type {Record<string, (title: string, url: string) => string>} */ ({
    sms: (title, url) => `sms:?&body=${encodeURIComponent(`${title}\n${url}`)}`,
    whatsapp: (title, url) => `https://wa.me/?text=${encodeURIComponent(`${title}\n${url}`)}`,
    mail: (title, url) => `mailto:?subject=${encodeURIComponent(title)}&body=${encodeURIComponent(`${title}\n${url}`)}`,
  });
  const fill = () => {
    const { title, url } = what();
    for (const [name, address] of Object.entries(links)) {
      place.querySelector(`a[data-do="${name}"]`)?.setAttribute("href", address(title, url));
    }
  };
  place.querySelector("details")?.addEventListener("toggle", fill);
  fill();
  const on = (/** @type {string} */ name, /** @type {(button: HTMLElement) => void} */ act) => {
    const button = place.querySelector(`button[data-do="${name}"]`);
    if (button instanceof HTMLElement) button.addEventListener("click", () => act(button));
    return button;
  };
  const others = on("others", () => void navigator.share(what()).catch(() => undefined));
  if (others instanceof HTMLElement) others.hidden = !("share" in navigator);
  on("copy", (button) => void copy(button, what().url));
  on("print", () => void print(what().url));
}

/** Copies an address, or shows it to be copied by hand. @param {HTMLElement} button @param {string} url */
async function copy(button, url) {
  try {
    await navigator.clipboard.writeText(url);
    say(button, word("copied"));
  } catch {
    const field = document.createElement("input");
    Object.assign(field, { className: "dp-field", readOnly: true, value: url, dir: "ltr" });
    field.setAttribute("aria-label", button.textContent?.trim() ?? "");
    say(button, "", field);
    setTimeout(() => field.select(), 100);
  }
}

/** Prints the page with its address as a code, where that can be had. @param {string} url */
async function print(url) {
  const place = document.querySelector(".dp-printed");
  const { picture } = await import("./qr.js").catch(() => ({ picture: () => null }));
  place?.querySelector("svg")?.remove();
  place?.prepend(picture(url, url) ?? "");
  showAddress(url);
  window.print();
}

/** @param {string} url */
function showAddress(url) {
  const address = document.querySelector(".dp-printed bdi");
  if (address) address.textContent = url.replace(/^https?:\/\//, "");
}

/** Says on paper what the buttons of cards open: a number, an address. */
function showWays() {
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".dp-card__do > a"))) {
    const way = link.href.replace(/^(?:tel|mailto):/, "");
    link.dataset.to = way.replace(/^\+1(\d{3})(\d{3})(\d{4})/, "($1) $2-$3").replace(";ext=", " #");
  }
}

// --- Without a connection ---

/** Says of which day the page is, when it is a copy that the worker has kept. */
function sayIfCopy() {
  const { controller } = navigator.serviceWorker;
  if (!controller) return;
  const channel = new MessageChannel();
  channel.port1.onmessage = ({ data }) => {
    if (typeof data !== "number") return;
    const form = new Intl.DateTimeFormat([`${lang}-u-ca-gregory-nu-latn`, "en"], { dateStyle: "long", timeStyle: "short" });
    const banner = document.createElement("p");
    banner.className = "dp-copy";
    banner.setAttribute("role", "status");
    banner.textContent = word("copy", { day: data ? form.format(data) : "?" });
    document.querySelector(".dp-header")?.after(banner);
  };
  controller.postMessage({ ask: "copy" }, [channel.port2]);
}

/** Tells the worker what to keep: this page, the saved programs, and what makes the finder. A new one is told in its turn. */
async function tellWorker() {
  const { installing, waiting, active } = await navigator.serviceWorker.ready;
  const next = installing ?? waiting; // it waits until nobody asks anything of the old one
  if (next) {
    next.onstatechange = () => /^(activated|redundant)$/.test(next.state) && void tellWorker();
    return;
  }
  const keep = read().programs.map(({ id }) => new URL(`partners/${id}/`, home).href);
  // @ts-ignore: not every browser tells whether a person wants to save data
  const isThrifty = navigator.connection?.saveData === true;
  const shell = ["saved/", ...(isThrifty ? [] : ["", "find/"])].map((path) => new URL(path, home).href);
  active?.postMessage({ keep, shell, here: location.href });
}

/** Whether a worker may keep pages: never in a preview, where a page has to be what was just written. */
function canWork() {
  return "serviceWorker" in navigator && isSecureContext && !("preview" in document.body.dataset);
}

/** Lets a worker keep pages, once the page is there and quiet. */
async function startWorker() {
  try {
    if (canWork()) {
      await navigator.serviceWorker.register(new URL("sw.js", root), { scope: root.pathname, updateViaCache: "none" });
      isWorking = true;
      await tellWorker();
    } else if ("serviceWorker" in navigator && isSecureContext) {
      const known = await navigator.serviceWorker.getRegistration(root.pathname);
      if (known?.scope === root.href) await known.unregister();
    }
  } catch {
    // a browser may forbid it; the site does without
  }
}

offerProgram();
offerStory();
offerCards();
changed();
const finder = document.getElementById("dp-finder");
if (finder) new MutationObserver(offerCards).observe(finder, { childList: true, subtree: true });
for (const button of document.querySelectorAll('main > div button[data-do="print"][hidden]')) {
  button.toggleAttribute("hidden", false); // of a sheet, which has its code and its address already
  button.addEventListener("click", () => window.print());
}
window.addEventListener("storage", changed);
window.addEventListener("pageshow", ({ persisted }) => persisted && changed());
window.addEventListener("beforeprint", () => {
  if (!document.querySelector(".dp-printed bdi")?.textContent) showAddress(addressHere());
  showWays();
});
if ("serviceWorker" in navigator) {
  if (canWork()) sayIfCopy();
  const start = () => setTimeout(startWorker, WORKER_DELAY_MS);
  if (document.readyState === "complete") start();
  else window.addEventListener("load", start);
}
