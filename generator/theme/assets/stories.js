/**
 * The gallery of stories: once somebody opens its filters, menus stand in the place of the links. All that is chosen
 * stands in the address, which is only ever compared; every word comes from the page or from the list of stories.
 *
 * @typedef {{address: string, title: string, lang: string, own: Record<string, Set<number>>}} Story
 * @typedef {Record<string, string>} State what is chosen, by filter
 */

const KEYS = ["support", "school", "partner"]; // in the order of a story's values in the list
const box = /** @type {HTMLDetailsElement} */ (document.getElementById("dp-stories"));
const [links, outcome, none, list, years] = ["links", "outcome", "none", "found", "years"].map(part);
const said = content("words");
const { lang, dir } = document.documentElement;
const status = live("div");
const note = live("p");
/** @type {Map<string, Element>} */
const cards = new Map([...years.querySelectorAll("li")].map((item) => [addressOf(item), item]));
/** @type {HTMLFormElement | null} */
let form = null;
/** Slugs and words of the values of each filter. @type {Record<string, [string, string][]>} */
let values = {};
/** @type {Story[]} */
let stories = [];
/** @type {Promise<void> | null} */
let loading = null;

/** @param {string} name */
function part(name) {
  return /** @type {HTMLElement} */ (document.getElementById(`dp-stories-${name}`));
}

/** @param {string} name */
function content(name) {
  return /** @type {HTMLTemplateElement} */ (part(name)).content;
}

/** @param {string} tag */
function live(tag) {
  const made = document.createElement(tag);
  made.setAttribute("role", "status");
  return made;
}

/** A message with its values filled in. @param {string} name @param {Record<string, string | number>} [filled] */
function word(name, filled = {}) {
  const text = said.querySelector(`[data-word="${name}"]`)?.textContent ?? "";
  return text.replace(/%\((\w+)\)s/g, (_, key) => (dir === "rtl" ? `\u2068${filled[key]}\u2069` : `${filled[key]}`));
}

/** Year and name of the story in a card. @param {Element} item */
function addressOf(item) {
  return (item.querySelector("a")?.getAttribute("href") ?? "").split("/").slice(-3, -1).join("/");
}

/** Reads the list, once; when it does not come, the links stay and the page says so. */
function load() {
  loading ??= fetch(box.dataset.index ?? "")
    .then((answer) => answer.json())
    .then(unpack)
    .catch(() => {
      loading = null; // opening the filters again tries again
      tell("lost");
    });
}

/** @param {any} all see `generator/pages/gallery.py` */
function unpack(all) {
  values = Object.fromEntries(KEYS.map((key) => [key, all[key]]));
  stories = all.stories.map(([address, title, ...own]) => ({
    address,
    title: title["@value"] ?? title,
    lang: title["@language"] ?? lang,
    own: Object.fromEntries(KEYS.map((key, place) => [key, new Set(own[place])])),
  }));
  links.replaceWith(content("form").cloneNode(true));
  form = /** @type {HTMLFormElement} */ (box.querySelector("form"));
  for (const key of KEYS) menu(key).append(...values[key].map(([slug]) => new Option("", slug)));
  form.addEventListener("change", () => take(Object.fromEntries(KEYS.map((key) => [key, menu(key).value]))));
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    take({});
    menu(KEYS[0]).focus();
  });
  show();
}

/** @param {string} key */
function menu(key) {
  return /** @type {HTMLSelectElement} */ (form?.elements.namedItem(key));
}

/** Takes over what a person chose. @param {State} state */
function take(state) {
  const asked = String(new URLSearchParams(Object.entries(state).filter(([, slug]) => slug)));
  history.pushState(null, "", asked ? `?${asked}` : location.pathname);
  show();
}

/** @param {string} key @param {string} slug */
function placeOf(key, slug) {
  return values[key].findIndex(([own]) => own === slug);
}

/** The stories that have all of it. @param {State} state */
function fitting(state) {
  const wanted = Object.entries(state).map(([key, slug]) => [key, placeOf(key, slug)]);
  return stories.filter(({ own }) => wanted.every(([key, place]) => own[key].has(place)));
}

/** @param {State} state @param {string} key @returns {State} */
function without({ ...state }, key) {
  delete state[key];
  return state;
}

/** Shows what the address asks for; of several values of a filter, the first. */
function show() {
  for (const link of document.querySelectorAll(".dp-languages a[hreflang]")) {
    if (link instanceof HTMLAnchorElement) link.search = location.search;
  }
  if (!form) return;
  const query = new URLSearchParams(location.search);
  const asked = KEYS.filter((key) => query.has(key)).map((key) => [key, query.get(key) ?? ""]);
  const known = asked.filter(([key, slug]) => placeOf(key, slug) >= 0);
  const state = Object.fromEntries(known);
  const found = known.length ? fitting(state) : [];
  showMenus(state);
  list.replaceChildren(...found.map(item));
  years.hidden = known.length > 0;
  outcome.hidden = !known.length;
  none.hidden = found.length > 0;
  none.querySelector("ul")?.replaceChildren(...known.map(([key]) => way(state, key)));
  const heading = document.createElement("h2");
  heading.textContent = word("found", { count: found.length });
  status.replaceChildren(...(known.length ? [heading] : []));
  if (known.length === asked.length) note.remove();
  else tell("unknown");
}

/** Marks what is chosen; a value that would give no story cannot be. @param {State} state */
function showMenus(state) {
  for (const key of KEYS) {
    const rest = fitting(without(state, key));
    const select = menu(key);
    select.value = state[key] ?? "";
    values[key].forEach(([, label], place) => {
      const option = select.options[place + 1];
      const total = rest.filter(({ own }) => own[key].has(place)).length;
      option.textContent = `${label} (${total})`;
      option.disabled = !total && !option.selected;
    });
  }
  form?.querySelector("[type=reset]")?.toggleAttribute("hidden", !Object.keys(state).length);
}

/** A story's card, or a short one where the page has none. @param {Story} story */
function item({ address, title, lang: own }) {
  const made = /** @type {Element} */ ((cards.get(address) ?? content("line").children[0]).cloneNode(true));
  if (cards.has(address)) return made;
  const link = /** @type {HTMLAnchorElement} */ (made.querySelector("a"));
  link.href += `${address}/`;
  link.textContent = title;
  if (own !== lang) Object.assign(link, { lang: own, dir: "ltr" });
  const [year] = made.getElementsByTagName("bdi");
  [year.textContent] = address.split("/");
  return made;
}

/** A button that takes one filter away, with how many stories that gives. @param {State} state @param {string} key */
function way(state, key) {
  const rest = without(state, key);
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: "dp-chip" });
  const [, value] = values[key][placeOf(key, state[key])];
  made.textContent = word("without", { value, count: fitting(rest).length });
  made.addEventListener("click", () => {
    take(rest);
    menu(key).focus();
  });
  const row = document.createElement("li");
  row.append(made);
  return row;
}

/** Says what went wrong. @param {string} name */
function tell(name) {
  note.className = "dp-note";
  box.after(note);
  setTimeout(() => (note.textContent = word(name)), 50); // a change inside of it is what is read out
}

/** Opens the filters when the address asks for some. */
function open() {
  const query = new URLSearchParams(location.search);
  if (KEYS.some((key) => query.has(key))) box.open = true;
  show();
}

outcome.before(status);
box.addEventListener("toggle", () => box.open && load());
window.addEventListener("popstate", open);
open();
