/**
 * The page of the saved list: what is kept in this browser, and what somebody has sent in the address.
 *
 * A link holds nothing but addresses of programs (`#p=partner/program,partner/program`). Their names come from the
 * finder's page in the reader's language, and from the program's own page where the finder does not have it.
 *
 * @typedef {import("./page.js").Saved} Saved
 */

import { ID, MOST, add, addressHere, offerCards, offerSharing, read, say, told, write } from "./page.js";

const LONGEST_LINK = 8000; // characters
const AT_ONCE = 3; // requests
const { lang } = document.documentElement;
const home = new URL("../", location.href.split(/[?#]/)[0]);
const own = byId("dp-own", HTMLElement);
const sent = byId("dp-sent", HTMLElement);
const item = byId("dp-saved-item", HTMLTemplateElement);
const words = byId("dp-words", HTMLTemplateElement).content;
const code = byId("dp-code", HTMLElement);
/** The finder's page in this language, fetched once. @type {Promise<Document | null> | null} */
let finder = null;
/** Programs whose pages are not there any more. @type {Set<string>} */
const gone = new Set();

/** @template {Element} T @param {string} id @param {new () => T} kind @returns {T} */
function byId(id, kind) {
  const node = document.getElementById(id);
  if (!(node instanceof kind)) throw new Error(`this page has no ${id}`);
  return node;
}

/** @param {string} name @param {Record<string, string>} [values] */
function word(name, values = {}) {
  const text = words.querySelector(`[data-word="${name}"]`)?.textContent ?? "";
  return text.replace(/%\((\w+)\)s/g, (_, key) => values[key] ?? "");
}

/** @param {string} label @param {() => void} act */
function button(label, act) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: "dp-button dp-button--small dp-button--plain", textContent: label });
  made.addEventListener("click", act);
  return made;
}

// --- What programs are called ---

/** A page of this site; null when it is gone, an error when nobody knows. @param {URL} address */
async function pageAt(address) {
  const answer = await fetch(address);
  if (answer.status === 404 || answer.status === 410) return null;
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

/** A program as the finder's list or its own page has it; undefined when it is gone. @param {string} id @returns {Promise<Saved | undefined>} */
async function described(id) {
  finder ??= pageAt(new URL("find/", home)).catch(() => null);
  const name = (await finder)?.querySelector(`.dp-results .dp-card__name a[href$="/partners/${id}/"]`);
  const row = name?.closest("li");
  if (row && name) return withLanguage(told(id, name, row.querySelector(".dp-card__summary")), row);
  const page = await pageAt(new URL(`partners/${id}/`, home));
  if (!page) return undefined;
  const moved = page.querySelector("meta[http-equiv=refresh]")?.getAttribute("content")?.match(/partners\/([^/]+\/[^/]+)\/$/);
  if (moved && moved[1] !== id && ID.test(moved[1])) return described(moved[1]);
  return withLanguage(told(id, page.querySelector("h1"), page.querySelector(".dp-lead")), page);
}

/** A program told from another page, whose own language is this page's. @param {Saved} program @param {ParentNode} from */
function withLanguage(program, from) {
  const line = from.querySelector(".dp-card__summary, .dp-lead");
  return { ...program, language: line?.getAttribute("lang") ?? lang };
}

/** Does something with each, a few at a time. @template T @param {T[]} all @param {(one: T) => Promise<unknown>} act */
async function several(all, act) {
  const left = [...all];
  const work = async () => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await act(one);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

// --- Lists ---

/** A program as a card. @param {Saved} program @returns {HTMLElement} */
function card({ id, name, line, language }) {
  const made = /** @type {HTMLElement} */ (/** @type {Element} */ (item.content.firstElementChild).cloneNode(true));
  const link = made.querySelector("a");
  const summary = made.querySelector(".dp-card__summary");
  if (link) link.href = new URL(`partners/${id}/`, home).href;
  const title = made.querySelector("bdi");
  if (title) title.textContent = name || id;
  if (summary) {
    summary.textContent = line;
    if (language && language !== lang) summary.setAttribute("lang", language);
    if (language && language !== lang) summary.setAttribute("dir", "auto");
  }
  const note = made.querySelector(".dp-note");
  if (note instanceof HTMLElement) note.hidden = !gone.has(id);
  made.dataset.id = id;
  return made;
}

/** Shows what is kept. The focus stays with its program, and a code for as long as it leads to this list. */
function showOwn() {
  const { programs, isWhole, isKept } = read();
  const focused = document.activeElement;
  const focusedId = focused?.closest("#dp-own [data-id]")?.getAttribute("data-id");
  const cards = programs.map((program) => {
    const made = card(program);
    const remove = button(word("remove"), () => removeFrom(program));
    remove.setAttribute("aria-label", `${word("remove")}: ${program.name || program.id}`);
    made.querySelector(".dp-buttons")?.append(remove);
    return made;
  });
  own.querySelector("ul")?.replaceChildren(...cards);
  const again = cards.find(({ dataset }) => dataset.id === focusedId)?.querySelector(focused?.localName ?? "");
  if (again instanceof HTMLElement) again.focus();
  byId("dp-none-saved", HTMLElement).hidden = programs.length > 0;
  byId("dp-none-yet", HTMLElement).hidden = !isKept;
  byId("dp-none-kept", HTMLElement).hidden = isKept;
  for (const id of ["dp-list-tools", "dp-own-note", "dp-clearing"]) byId(id, HTMLElement).hidden = !programs.length;
  byId("dp-broken", HTMLElement).hidden = isWhole;
  if (code.dataset.address !== address()) code.replaceChildren();
}

/** Removes a program; the focus goes on to the next one. @param {Saved} program */
function removeFrom(program) {
  const { programs } = read();
  const place = programs.findIndex(({ id }) => id === program.id);
  replace(programs.filter(({ id }) => id !== program.id), word("removed", { value: program.name || program.id }), programs);
  const next = own.querySelectorAll(".dp-card button")[Math.min(place, programs.length - 2)];
  (next instanceof HTMLElement ? next : titleOfList()).focus();
}

/** The list's heading: its own where there are two lists, else the page's. */
function titleOfList() {
  return byId(sent.hidden ? "dp-saved-title" : "dp-own-title", HTMLElement);
}

/** Keeps another list, says so, and offers the way back. @param {Saved[]} programs @param {string} message @param {Saved[]} before */
function replace(programs, message, before) {
  write(programs);
  const undo = button(word("undo"), () => {
    write(before);
    say(own, "");
    titleOfList().focus();
  });
  say(own, message, undo);
}

/** The address that opens the list elsewhere. */
function address() {
  return `${addressHere()}#p=${read().programs.map(({ id }) => id).join(",")}`;
}

/** Shows the list's address as a code, or says that it is too long. */
async function showCode() {
  const { picture } = await import("./qr.js");
  code.dataset.address = address();
  const drawn = picture(code.dataset.address, word("code"));
  const words = document.createElement("p");
  words.textContent = word(drawn ? "code" : "long");
  code.replaceChildren(...(drawn ? [words, drawn] : [words]));
}

// --- What somebody sent ---

/** Programs that the address names. @returns {string[]} */
function asked() {
  const list = location.hash.slice(0, LONGEST_LINK).match(/^#p=(.*)$/)?.[1] ?? "";
  const ids = list.replace(/%2F/gi, "/").replace(/%2C/gi, ",").split(",");
  return [...new Set(ids.filter((id) => ID.test(id)))].slice(0, MOST);
}

/** Shows what the address names. */
async function showSent() {
  const ids = asked();
  sent.hidden = !location.hash.startsWith("#p=");
  byId("dp-own-title", HTMLElement).hidden = sent.hidden;
  for (const link of document.querySelectorAll(".dp-languages a[hreflang]")) {
    if (link instanceof HTMLAnchorElement) link.hash = sent.hidden ? "" : location.hash;
  }
  if (sent.hidden) return;
  /** @type {Map<string, Saved>} */
  const found = new Map();
  const kept = new Map(read().programs.map((program) => [program.id, program]));
  await several(ids, async (id) => {
    const unknown = kept.get(id) ?? { id, name: "", line: "", language: "", page: "" };
    const program = await described(id).catch(() => unknown);
    if (program) found.set(id, program);
  });
  const programs = ids.flatMap((id) => found.get(id) ?? []);
  const cards = programs.map((program) => {
    const made = card(program);
    const buttons = made.querySelector(".dp-buttons");
    if (buttons) buttons.className = "dp-card__do";
    return made;
  });
  sent.querySelector("ul")?.replaceChildren(...cards);
  offerCards();
  byId("dp-sent-none", HTMLElement).hidden = programs.length > 0;
  const all = byId("dp-save-all", HTMLButtonElement);
  all.hidden = programs.length < 2;
  all.onclick = () => {
    if (add(programs, all)) byId("dp-own-title", HTMLElement).focus();
  };
}

// --- What has changed since ---

/** Names kept in another language are said in this one, and programs that are gone say so; without a connection nothing changes. */
async function bringUpToDate() {
  const { programs } = read();
  /** @type {Map<string, Saved>} */
  const anew = new Map();
  await several(programs, async (program) => {
    if (!program.name || program.page !== lang) {
      const told = await described(program.id).catch(() => program);
      if (told) anew.set(program.id, told);
      else gone.add(program.id);
    } else if (await isGone(program.id)) gone.add(program.id);
  });
  const changed = read().programs.map((program) => anew.get(program.id) ?? program);
  if (anew.size) write(changed);
  else showOwn();
}

/** @param {string} id */
async function isGone(id) {
  const answer = await fetch(new URL(`partners/${id}/`, home), { method: "HEAD" }).catch(() => null);
  return answer?.status === 404 || answer?.status === 410;
}

/** Says why this page is shown instead of another. */
function showOffline() {
  const path = location.hash.match(/^#offline=(.*)$/)?.[1];
  const note = byId("dp-offline", HTMLElement);
  note.hidden = path === undefined;
  const again = note.querySelector("a");
  try {
    const wanted = new URL(decodeURIComponent(path ?? ""), new URL("../", home));
    if (path && again && wanted.href.startsWith(new URL("../", home).href)) again.href = wanted.href;
  } catch {
    // the link leads to the start page then
  }
}

byId("dp-unscripted", HTMLElement).hidden = true;
own.hidden = false;
offerSharing(byId("dp-list-tools", HTMLElement), () => ({ title: document.querySelector("h1")?.textContent ?? "", url: address() }));
byId("dp-show-code", HTMLElement).addEventListener("click", () => void showCode());
byId("dp-clear", HTMLElement).addEventListener("click", () => {
  replace([], word("cleared"), read().programs);
  titleOfList().focus();
});
document.addEventListener("dp-saved", showOwn);
window.addEventListener("hashchange", () => (showOffline(), void showSent()));
showOffline();
showOwn();
void showSent();
void bringUpToDate();
