/**
 * The finder: turns the facets of a page from links into live filters of the list that is already there.
 *
 * Everything chosen stands in the address, so Back, a bookmark and a shared link give the same list. Every word shown
 * comes from the page; text from the address or from a person is only ever compared, or set as text.
 *
 * @typedef {{key: string, value: string, label: string, input: HTMLInputElement | HTMLOptionElement,
 *   count: Element | null, at: [number, number][]}} Choice
 * @typedef {{key: string, group: string, choices: Map<string, Choice>, select: HTMLSelectElement | null}} Facet
 * @typedef {{item: HTMLElement | null, route: string, name: string, partner: string, place: number,
 *   values: Map<string, Set<string>>, bus: Set<string>, at: [number, number][], text: string}} Program
 * @typedef {[string, string]} Column
 * @typedef {{facets: Record<string, Column>, bus: Column, at: string}} Columns `generator/search/compact.py` tells more
 * @typedef {{query: string, chosen: Map<string, Set<string>>, isAged: boolean}} State `isAged`: with programs that nobody
 *   has confirmed for long
 * @typedef {{program: Program, marks: Map<string, number>, mark: number}} Fit with each group of facets, and with all
 * @typedef {{label: string, rest: State}} Way to another list
 */

const QUERY_LIMIT = 200; // characters
const PATIENCE_MS = 6000; // for an answer of the search index
const TYPING_MS = 250; // of silence before a search
const STEP = 100; // programs shown at once
const NEARBY = 3; // places that are offered where nothing is found
const RELATED = 2; // needs
const RADIUS_MILES = 3958.7613; // mean radius of the earth (IUGG)
const [NO, MAYBE, YES] = [0, 1, 2]; // how well a program fits
const ASK = "ask"; // the partner does not say
const ANY = "any"; // fits whatever is chosen

const finder = byId("dp-finder", HTMLElement);
const form = byId("dp-search", HTMLFormElement);
const box = byId("dp-query", HTMLInputElement);
const heading = byId("dp-programs", HTMLElement);
const found = byId("dp-found", HTMLElement);
const chips = byId("dp-chips", HTMLElement);
const order = byId("dp-order", HTMLElement);
const note = byId("dp-note", HTMLElement);
const none = byId("dp-none", HTMLElement);
const list = byId("dp-results", HTMLElement);
const maybe = byId("dp-maybe", HTMLElement);
const inEnglish = byId("dp-english", HTMLElement);
const aged = document.querySelector("#dp-aged input");
const late = document.getElementById("dp-late");
const words = new Map(
  [...byId("dp-words", HTMLTemplateElement).content.children].map((node) => [node.id, node.textContent ?? ""]),
);
const numbers = new Intl.NumberFormat("en-US", { maximumFractionDigits: 1 }); // as the page itself writes numbers
const nearMiles = Number(finder.dataset.nearMiles);
const root = new URL(`${finder.dataset.root}`, document.baseURI).href;
const { lang } = document.documentElement;

const facets = [...finder.querySelectorAll("[data-facet]")].map(readFacet);
const schools = facets.find((facet) => facet.key === "school");
/** Those on the page; from the first question on, all of them, in the order of the list. */
let programs = withValues(
  [...list.children, ...(late?.querySelectorAll(".dp-results > li") ?? [])].map(readItem),
  JSON.parse(byId("dp-columns", HTMLTemplateElement).content.textContent ?? ""),
);
/** How many of them are results by default: nobody has confirmed the others, the last ones, for long. */
let current = list.children.length;

/** @type {State} */
let state = readAddress();
/** The rank of each program that the text search found; null while no text narrows the list. @type {Map<string, number> | null} */
let hits = null;
/** The same for programs that have most words of the text. @type {Map<string, number>} */
let nearly = new Map();
/** The same for programs whose English page has the text. @type {Map<string, number>} */
let english = new Map();
let guess = ""; // what a text that finds nothing may have meant
/** The file with all programs, when the page has only the first ones; null once it is read. @type {string | null} */
let index = finder.dataset.index ?? null;
/** @type {Promise<void> | null} */
let reading = null;
let limit = STEP; // programs shown, when the page cannot show all
let isLost = false; // the search index did not answer
let isPartly = false; // no program has all words of the text
let leftOut = ""; // what is said of an address of which a part was not taken
let turn = 0; // of searches: a late answer to an old question is dropped
/** @type {Worker | null} */
let searcher = null;
let tasks = 0; // that the search script was given
/** What waits for its answers, by the number of the task. @type {Map<number, ((given?: any) => void)[]>} */
const waiting = new Map();
let typing = 0; // the timer that waits for the end of typing

// --- What the page says ---

/** @template {Element} T @param {string} id @param {new () => T} kind @returns {T} */
function byId(id, kind) {
  const node = document.getElementById(id);
  if (!(node instanceof kind)) throw new Error(`this page has no ${id}`);
  return node;
}

/** A message of the page with its values filled in. @param {string} name @param {Record<string, string>} [values] */
function word(name, values = {}) {
  return (words.get(`dp-word-${name}`) ?? "").replace(/%\((\w+)\)s/g, (_, key) => isolated(values[key] ?? ""));
}

/** A value inside a sentence that may run from right to left, kept from mixing with it. @param {string} value */
function isolated(value) {
  return value && document.documentElement.dir === "rtl" ? `\u2068${value}\u2069` : value;
}

/** Where a program is. @param {Program} program */
function spotsOf({ at, values }) {
  return [...at, ...[...(values.get("school") ?? [])].flatMap((slug) => schools?.choices.get(slug)?.at ?? [])];
}

/** A list of links as a facet: a menu for schools, else a box for each value. @param {Element} part @returns {Facet} */
function readFacet(part) {
  const key = part.getAttribute("data-facet") ?? "";
  const select = part.getAttribute("data-as") === "select" ? makeSelect(key) : null;
  const links = [...part.querySelectorAll("a")];
  const choices = links.map((link) => makeChoice(key, link, select));
  if (select) part.replaceChildren(select);
  else part.setAttribute("role", "group");
  (select ?? part).setAttribute("aria-labelledby", part.getAttribute("data-label") ?? "");
  const group = part.closest("[data-group]")?.getAttribute("data-group") ?? key;
  return { key, group, select, choices: new Map(choices.map((choice) => [choice.value, choice])) };
}

/** @param {string} key */
function makeSelect(key) {
  const select = document.createElement("select");
  select.className = "dp-field";
  select.name = key;
  select.append(new Option(word("choose"), ""));
  return select;
}

/** @param {string} key @param {Element} link @param {HTMLSelectElement | null} select @returns {Choice} */
function makeChoice(key, link, select) {
  const value = link.getAttribute("href")?.split("/").at(-2) ?? "";
  const label = link.querySelector(".dp-option")?.textContent ?? "";
  const at = pairs(link.getAttribute("data-at") ?? "");
  if (select) {
    const option = new Option(label, value);
    select.append(option);
    return { key, value, label, input: option, count: null, at };
  }
  const input = document.createElement("input");
  Object.assign(input, { type: "checkbox", name: key, value });
  const row = document.createElement("label");
  row.append(input, ...link.childNodes);
  link.replaceWith(row);
  return { key, value, label, input, count: row.querySelector(".dp-count"), at };
}

/** @param {Element} item */
function readItem(item) {
  const address = item.querySelector(".dp-card__name a")?.getAttribute("href") ?? "";
  const route = address.split("/").slice(-3, -1).join("/");
  const own = /** @type {HTMLElement} */ (item);
  own.dataset.route = route;
  return { item: own, route, name: "", partner: "", text: "" };
}

/**
 * The programs with what they have.
 *
 * @param {Pick<Program, "item" | "route" | "name" | "partner" | "text">[]} rows @param {Columns} columns @returns {Program[]}
 */
function withValues(rows, { facets: columns, bus: buses, at: spots }) {
  const values = Object.entries(columns).map(([key, column]) => /** @type {const} */ ([key, sets(column)]));
  const bus = sets(buses);
  const at = spots.split(" ");
  return rows.map((row, place) => ({
    ...row,
    place,
    values: new Map(values.map(([key, own]) => [key, own[place]])),
    bus: bus[place],
    at: pairs(at[place]),
  }));
}

/** What each program has of a column; equal values are one set. @param {Column} column */
function sets([slugs, letters]) {
  const names = slugs.split(" ");
  /** @type {Map<string, Set<string>>} */
  const known = new Map();
  return letters.split(" ").map((own) => {
    const made = known.get(own) ?? new Set([...own].map((letter) => names[placeOf(letter)]));
    known.set(own, made);
    return made;
  });
}

/** The place in the list that a letter stands for. @param {string} letter */
function placeOf(letter) {
  const code = letter.codePointAt(0) ?? 0;
  return code < 0x100 ? code - 65 : code - 194;
}

/** Positions in degrees from “latitude,longitude,latitude,…”. @param {string} text */
function pairs(text) {
  const numbers = text.split(",").map(Number);
  return numbers.flatMap((_, place) => (place % 2 ? [/** @type {[number, number]} */ (numbers.slice(place - 1, place + 1))] : []));
}

/** Reads all programs, once; what is on the page stays as it is. When the file does not come, only that is looked through. */
function readAll() {
  if (!index) return Promise.resolve();
  reading ??= fetch(index)
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))))
    .then(unpack)
    .catch(() => {
      reading = null; // so that the next question tries again
    });
  return reading;
}

/** @param {Columns & {programs: [string, string, string][], current: number}} all */
function unpack(all) {
  const known = new Map(programs.map((program) => [program.route, program]));
  const rows = all.programs.map(([route, name, partner]) => ({ item: null, text: "", ...known.get(route), route, name, partner }));
  programs = withValues(rows, all);
  current = all.current;
  index = null;
}

/** The line or card of a program, made when it is first shown. @param {Program} program */
function itemOf(program) {
  if (program.item) return program.item;
  const made = /** @type {HTMLElement} */ (byId("dp-line", HTMLTemplateElement).content.firstElementChild?.cloneNode(true));
  const link = /** @type {HTMLAnchorElement} */ (made.querySelector("a"));
  link.setAttribute("href", (link.getAttribute("href") ?? "").replace("/partners//", `/partners/${program.route}/`));
  made.dataset.route = program.route;
  const [name, partner] = made.querySelectorAll("bdi");
  name.textContent = program.name;
  partner.textContent = program.partner;
  program.item = made;
  return made;
}

// --- The address ---

/** What the address asks for; values that the page does not know are left out. @returns {State} */
function readAddress() {
  const asked = new URLSearchParams(location.search);
  const chosen = new Map();
  for (const { key, choices, select } of facets) {
    const known = asked.getAll(key).filter((value) => choices.has(value));
    if (known.length) chosen.set(key, new Set(select ? known.slice(0, 1) : known));
  }
  return { query: cleaned(asked.get("q") ?? ""), chosen, isAged: Boolean(aged) && asked.get("aged") === "1" };
}

/** What a person is told of an address that asks for more than the page can do; "" when it does not. */
function oddity() {
  const asked = new URLSearchParams(location.search);
  const isKnown = facets.every(({ key, choices }) => asked.getAll(key).every((value) => choices.has(value)));
  const isLong = (asked.get("q") ?? "").length > QUERY_LIMIT;
  return [!isKnown && word("strange"), isLong && word("long", { count: numbers.format(QUERY_LIMIT) })].filter(Boolean).join(" ");
}

/** The text that is searched for. @param {string} typed */
function cleaned(typed) {
  return typed.slice(0, QUERY_LIMIT).trim();
}

/** The address of a state. @param {State} wanted */
function address({ query, chosen, isAged }) {
  const asked = new URLSearchParams({ ...(query && { q: query }), ...(isAged && { aged: "1" }) });
  for (const [key, values] of chosen) for (const value of values) asked.append(key, value);
  return `${location.pathname}${String(asked) && `?${asked}`}`;
}

/** Makes the links to this page in other languages ask for the same, and lead to the same place of the page. */
function carryOver() {
  for (const link of document.querySelectorAll(".dp-languages a[hreflang]")) {
    if (!(link instanceof HTMLAnchorElement)) continue;
    link.search = location.search;
    link.hash = location.hash;
  }
}

// --- What fits ---

/** Miles between two positions in degrees, by the haversine formula. @param {[number, number]} a @param {[number, number]} b */
function miles(a, b) {
  const [latA, lonA, latB, lonB] = [...a, ...b].map((degrees) => (degrees * Math.PI) / 180);
  const half = Math.sin((latB - latA) / 2) ** 2 + Math.cos(latA) * Math.cos(latB) * Math.sin((lonB - lonA) / 2) ** 2;
  return 2 * RADIUS_MILES * Math.asin(Math.sqrt(half));
}

/** Miles from a school to a program; 0 at the school, Infinity when unknown. @param {Program} program @param {Choice} school */
function distance(program, school) {
  const at = program.values.get("school") ?? new Set();
  if (at.has(school.value)) return 0;
  return Math.min(Infinity, ...spotsOf(program).flatMap((spot) => school.at.map((here) => miles(here, spot))));
}

/** Whether a program has one of the values. @param {Program} program @param {Facet} facet @param {Set<string>} values */
function fitsFacet(program, facet, values) {
  const own = program.values.get(facet.key) ?? new Set();
  const isNear = (/** @type {string} */ value) => {
    const school = facet === schools && facet.choices.get(value);
    return school && (program.bus.has(value) || distance(program, school) <= nearMiles);
  };
  if (own.has(ANY) || [...values].some((value) => own.has(value) || isNear(value))) return YES;
  return own.has(ASK) ? MAYBE : NO;
}

/** How well a program fits each group of facets with a choice. @param {Program} program @param {State} wanted */
function fits(program, wanted) {
  /** @type {Map<string, number>} */
  const marks = new Map();
  for (const facet of facets) {
    const values = wanted.chosen.get(facet.key);
    if (values) marks.set(facet.group, Math.max(marks.get(facet.group) ?? NO, fitsFacet(program, facet, values)));
  }
  if (hits && wanted.query) marks.set("", hits.has(program.route) ? YES : nearly.has(program.route) ? MAYBE : NO);
  return marks;
}

/** How well each program fits. @param {State} wanted @returns {Fit[]} */
function judged(wanted) {
  return programs.map((program) => {
    const marks = fits(program, wanted);
    return { program, marks, mark: Math.min(YES, ...marks.values()) };
  });
}

/** Those that are looked through. @param {Fit[]} all @param {State} wanted */
function offered(all, { isAged }) {
  return isAged ? all : all.slice(0, current);
}

/** The programs that fit, those that may, and those whose English page has the text, in the order of the page. @param {Fit[]} all */
function parted(all) {
  const those = (/** @type {(fit: Fit) => boolean} */ test) => all.filter(test).map(({ program }) => program);
  const isOther = (/** @type {Fit} */ { program, marks, mark }) =>
    mark === NO && english.has(program.route) && [...marks].every(([group, own]) => !group || own === YES);
  return {
    sure: those(({ mark }) => mark === YES),
    unsure: those(({ mark }) => mark === MAYBE),
    others: english.size ? those(isOther) : [],
  };
}

/** How many programs another list would have. @param {State} wanted */
function size(wanted) {
  return offered(judged(wanted), wanted).filter(({ mark }) => mark === YES).length;
}

/** How many programs each value would give, together with what is chosen in other groups. @param {Fit[]} all @returns {Map<Choice, number>} */
function totals(all) {
  const sums = new Map();
  for (const { program, marks } of all) {
    const isFound = ([group, mark]) => mark === YES || (!group && english.has(program.route));
    const failed = [...marks].filter((mark) => !isFound(mark)).map(([group]) => group);
    for (const { key, group, choices } of failed.length > 1 ? [] : facets) {
      if (failed.length && failed[0] !== group) continue;
      for (const value of program.values.get(key) ?? []) {
        const choice = choices.get(value);
        if (choice) sums.set(choice, (sums.get(choice) ?? 0) + 1);
      }
    }
  }
  return sums;
}

/** Everything chosen, one by one, with the state that is left without it. @param {State} wanted @returns {Way[]} */
function steps(wanted) {
  const each = facets.flatMap(({ key, choices }) =>
    [...(wanted.chosen.get(key) ?? [])].map((value) => {
      const left = new Set(wanted.chosen.get(key));
      left.delete(value);
      const chosen = new Map(wanted.chosen);
      if (left.size) chosen.set(key, left);
      else chosen.delete(key);
      return { label: choices.get(value)?.label ?? "", rest: { ...wanted, chosen } };
    }),
  );
  const text = { label: word("quoted", { value: wanted.query }), rest: { ...wanted, query: "" } };
  return wanted.query ? [text, ...each] : each;
}

// --- What is shown ---

/** Shows what fits the state. */
function show() {
  const school = schools?.choices.get([...(state.chosen.get("school") ?? [])][0] ?? "");
  const all = judged(state);
  const seen = offered(all, state);
  const { sure, unsure, others } = parted(seen);
  showChoices(totals(seen));
  showChips();
  showAged(parted(all.slice(current)));
  showList(list, inOrder(sure, school, hits), school);
  showList(/** @type {HTMLElement} */ (inEnglish.querySelector("ul")), inOrder(others, school, english), school);
  showList(/** @type {HTMLElement} */ (maybe.querySelector("ul")), inOrder(unsure, school, nearly), school);
  inEnglish.hidden = !others.length;
  maybe.hidden = !unsure.length;
  showRest(Math.max(sure.length, others.length, unsure.length));
  order.hidden = !sure.length;
  order.textContent = orderWords(school);
  note.textContent = [leftOut, index && reading === null && word("partial"), isLost && word("fallback"), isPartly && word("partly")]
    .filter(Boolean)
    .join(" ");
  note.hidden = !note.textContent;
  none.hidden = sure.length + others.length > 0;
  if (!none.hidden) showWaysOut();
  const also = document.createElement("span");
  also.className = "dp-also";
  also.textContent = [counted("english", others), counted("maybe", unsure)].filter(Boolean).join(" ");
  found.replaceChildren(counted("found", sure, true), " ", also);
}

/** The choice of programs that nobody has confirmed for long, while some fit. @param {Record<string, Program[]>} parts */
function showAged(parts) {
  const choice = document.getElementById("dp-aged");
  if (!choice || !(aged instanceof HTMLInputElement)) return;
  aged.checked = state.isAged;
  if (index) return; // nobody knows yet how many fit
  const fitting = Object.values(parts).flat();
  choice.hidden = !fitting.length && !state.isAged;
  choice.querySelector("span")?.replaceChildren(word("aged", { count: numbers.format(fitting.length) }));
}

/** How many programs there are, in words; nothing for none unless told so. @param {string} name @param {Program[]} fitting */
function counted(name, fitting, isAlways = false) {
  return fitting.length || isAlways ? word(name, { count: numbers.format(fitting.length) }) : "";
}

/** @param {Choice | undefined} school */
function orderWords(school) {
  if (school?.at.length) return word("by-distance", { value: school.label, count: numbers.format(nearMiles) });
  return word(hits && state.query ? "by-match" : "by-check");
}

/** Nearest to the school first, else best match, else as on the page. @param {Program[]} fitting @param {Choice | undefined} school @param {Map<string, number> | null} matched */
function inOrder(fitting, school, matched) {
  /** @type {(program: Program) => number} */
  const rank = school?.at.length
    ? (program) => Math.min(distance(program, school), RADIUS_MILES)
    : ({ route }) => (state.query && matched?.get(route)) || 0;
  const ranks = new Map(fitting.map((program) => [program, rank(program)]));
  return fitting.sort((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0) || a.place - b.place);
}

/** @param {HTMLElement} ul @param {Program[]} fitting @param {Choice | undefined} school */
function showList(ul, fitting, school) {
  const shown = fitting.slice(0, finder.dataset.index ? limit : Infinity);
  for (const program of shown) showDistance(program, school);
  const items = new Set(shown.map(itemOf));
  for (const item of [...ul.children]) if (!items.has(/** @type {HTMLElement} */ (item))) item.remove();
  let next = ul.firstElementChild;
  for (const item of items) {
    if (item === next) next = item.nextElementSibling;
    else ul.insertBefore(item, next);
  }
}

/** The button for more, when the page cannot show all at once. @param {number} total */
function showRest(total) {
  const more = document.getElementById("dp-more");
  if (!more) return;
  more.hidden = total <= limit;
  const [sentence, button] = more.children;
  sentence.hidden = true;
  button.hidden = false;
}

/** @param {Program} program @param {Choice | undefined} school */
function showDistance(program, school) {
  const item = itemOf(program);
  const old = item.querySelector(".dp-fact--far");
  const far = school?.at.length ? distance(program, school) : Infinity;
  if (far === Infinity) {
    old?.remove();
    return;
  }
  const facts = item.querySelector(".dp-facts"); // of a card; a line has none
  const fact = old ?? document.createElement(facts ? "li" : "p");
  fact.className = "dp-fact dp-fact--place dp-fact--far";
  fact.textContent = far === 0 ? word("with-school") : word("miles", { count: numbers.format(far) });
  if (!old) (facts ?? item).append(fact);
}

/** Marks what is chosen, and how many programs each value would give; one that gives none cannot be chosen. @param {Map<Choice, number>} sums */
function showChoices(sums) {
  for (const { key, choices, select } of facets) {
    const chosen = state.chosen.get(key) ?? new Set();
    if (select) select.value = [...chosen][0] ?? "";
    for (const choice of select ? [] : choices.values()) {
      const input = /** @type {HTMLInputElement} */ (choice.input);
      const total = sums.get(choice) ?? 0;
      input.checked = chosen.has(choice.value);
      input.disabled = !total && !input.checked && input !== document.activeElement;
      if (choice.count) choice.count.textContent = `(${numbers.format(total)})`;
    }
  }
}

/** @param {string} label @param {() => void} act */
function button(label, act) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: "dp-chip", textContent: label });
  made.addEventListener("click", act);
  const item = document.createElement("li");
  item.append(made);
  return item;
}

/** A button for everything chosen; the focus goes on to the next one. */
function showChips() {
  const each = steps(state);
  const remove = each.map(({ label, rest }, place) =>
    button(word("remove", { value: label }), () => {
      change(rest);
      (chips.querySelectorAll("button")[Math.min(place, each.length - 2)] ?? heading).focus();
    }),
  );
  const clear = button(word("clear"), () => {
    change({ query: "", chosen: new Map(), isAged: false });
    heading.focus();
  });
  chips.replaceChildren(...remove, ...(each.length > 1 ? [clear] : []));
  chips.hidden = !each.length;
}

/** What the text may have meant, which single choice to drop, and what is near or like what was chosen, with numbers. */
function showWaysOut() {
  offer("dp-meant", guess ? [{ label: word("meant", { value: guess }), rest: { ...state, query: guess } }] : []);
  const single = finding(steps(state));
  offer("dp-without", single.length ? single : finding(withoutTwo()).slice(0, NEARBY));
  byId("dp-without", HTMLElement).querySelector("p")?.toggleAttribute("hidden", !single.length); // it speaks of one
  const place = facets.find(({ key }) => ["school", "region"].includes(key) && state.chosen.has(key));
  offer("dp-nearby", place ? instead(place, nearest(place), NEARBY) : []);
  const need = facets.find(({ key }) => key === "need" && state.chosen.has(key));
  offer("dp-related", need ? instead(need, related(need), RELATED) : []);
}

/** Those of the ways that find something, most first, with their numbers. @param {Way[]} ways */
function finding(ways) {
  const counted = ways.map((way) => ({ ...way, total: size(way.rest) })).filter(({ total }) => total);
  const said = ({ label, rest, total }) => ({ label: word("without", { value: label, count: numbers.format(total) }), rest });
  return counted.sort((a, b) => b.total - a.total).map(said);
}

/** What is left without any two of the things chosen. @returns {Way[]} */
function withoutTwo() {
  const twice = steps(state).flatMap((one) => steps(one.rest).map(({ label, rest }) => ({ label: `${one.label} + ${label}`, rest })));
  return [...new Map(twice.map((way) => [[...new URLSearchParams(address(way.rest).split("?")[1])].sort().join(), way])).values()];
}

/** Shows ways to other lists as buttons. @param {string} id @param {Way[]} ways */
function offer(id, ways) {
  const place = byId(id, HTMLElement);
  const buttons = ways.map(({ label, rest }) =>
    button(label, () => {
      change(rest);
      heading.focus();
    }),
  );
  place.querySelector("ul")?.replaceChildren(...buttons);
  place.hidden = !ways.length;
}

/**
 * The first values with which something is found, each in the place of all that is chosen in the facet's group.
 *
 * @param {Facet} facet @param {string[]} values @param {number} most
 */
function instead({ key, group, choices }, values, most) {
  const others = [...state.chosen].filter(([other]) => facets.find((facet) => facet.key === other)?.group !== group);
  /** @type {Way[]} */
  const ways = [];
  for (const value of values) {
    if (ways.length === most) break;
    const rest = { ...state, chosen: new Map([...others, [key, new Set([value])]]) };
    const total = size(rest);
    if (total) ways.push({ label: word("instead", { value: choices.get(value)?.label ?? "", count: numbers.format(total) }), rest });
  }
  return ways;
}

/** The other values of a facet of places, nearest to the chosen ones first. @param {Facet} facet */
function nearest(facet) {
  /** Values with all positions known of them. @type {Map<string, [number, number][]>} */
  const spots = new Map([...facet.choices.values()].map(({ value, at }) => [value, [...at]]));
  for (const program of facet === schools ? [] : programs) {
    for (const value of program.values.get(facet.key) ?? []) spots.get(value)?.push(...spotsOf(program));
  }
  const chosen = state.chosen.get(facet.key) ?? new Set();
  const middle = (/** @type {string} */ value) => {
    const all = spots.get(value) ?? [];
    return /** @type {[number, number]} */ ([0, 1].map((axis) => all.reduce((sum, spot) => sum + spot[axis], 0) / all.length));
  };
  const here = [...chosen].map(middle);
  const others = [...facet.choices.keys()].filter((value) => !chosen.has(value) && ![ANY, ASK].includes(value));
  const far = new Map(others.map((value) => [value, Math.min(...here.map((spot) => miles(spot, middle(value))))]));
  const isPlaced = (/** @type {string} */ value) => Number.isFinite(far.get(value));
  return others.filter(isPlaced).sort((a, b) => (far.get(a) ?? 0) - (far.get(b) ?? 0));
}

/** The other values of a facet: first those that most programs have together with the chosen ones, then their neighbours. @param {Facet} facet */
function related({ key, choices }) {
  const chosen = state.chosen.get(key) ?? new Set();
  const order = [...choices.keys()];
  const place = order.indexOf([...chosen][0]);
  const together = new Map();
  for (const program of programs) {
    const own = program.values.get(key) ?? new Set();
    if ([...chosen].some((value) => own.has(value))) for (const value of own) together.set(value, (together.get(value) ?? 0) + 1);
  }
  const away = (/** @type {string} */ value) => Math.abs(order.indexOf(value) - place);
  const others = order.filter((value) => !chosen.has(value) && value !== ASK);
  return others.sort((a, b) => (together.get(b) ?? 0) - (together.get(a) ?? 0) || away(a) - away(b));
}

// --- Text search ---

/** Finds the programs for the text of the state, and shows them: those of the page's language first, then English ones. */
async function search() {
  const mine = ++turn;
  [isLost, isPartly] = [false, false];
  [english, nearly, guess] = [new Map(), new Map(), ""];
  const { query } = state;
  if (!query) {
    hits = null;
    rest();
    show();
    return;
  }
  list.ariaBusy = "true";
  found.textContent = word("searching");
  const answer = await inTime("find", root, lang, query);
  if (mine !== turn) return;
  if (answer?.all.length || !answer) {
    hits = ranks(answer?.all ?? lookOnPage(query));
    nearly = ranks(answer?.some ?? []);
    isLost = !answer;
    show();
  }
  if (answer) await lookFurther(query, answer, () => mine === turn);
  if (mine === turn) rest();
}

/**
 * Looks at the English pages, and where they have nothing either, for what was meant, else for some of the words.
 *
 * @param {string} query @param {{all: string[], some: string[], unknown: Set<string>}} answer @param {() => boolean} isAsked
 */
async function lookFurther(query, { all, some, unknown }, isAsked) {
  const isLatin = /[a-z0-9]/i.test(query.normalize("NFD")); // else it cannot be English
  const more = lang === "en" || !isLatin ? null : await inTime("find", root, "en", query, { isWhole: true });
  if (!isAsked()) return;
  const others = more?.all ?? [];
  if (all.length && !others.length) return;
  const text = all.length || others.length ? "" : await inTime("suggest", root, lang, query, unknown);
  if (!isAsked()) return;
  english = ranks(others);
  guess = text ?? "";
  isPartly = !all.length && !others.length && !guess && some.length > 0;
  hits = ranks(isPartly ? some : all);
  show();
}

/** Nothing more is going to change in the list. */
function rest() {
  list.ariaBusy = null;
}

/** What the search script answers, or null when it fails or takes too long. @param {string} task @param {unknown[]} given */
async function inTime(task, ...given) {
  const late = new Promise((_, reject) => {
    setTimeout(reject, PATIENCE_MS);
  });
  return Promise.race([told(task, ...given), late]).catch(() => null);
}

/** Has a task done by the search script, which begins to work with the first. @param {string} task @param {unknown[]} given */
function told(task, ...given) {
  searcher ??= started();
  searcher.postMessage({ number: ++tasks, task, given });
  return new Promise((done, reject) => waiting.set(tasks, [done, reject]));
}

/** A worker, so that the page never waits for a search; one that failed is started anew by the next question. */
function started() {
  const worker = new Worker(new URL("finder-search.js", import.meta.url), { type: "module" });
  worker.addEventListener("message", ({ data: { number, answer, error } }) => {
    const [done, reject] = waiting.get(number) ?? [];
    waiting.delete(number);
    if (error) reject?.(error);
    else done?.(answer);
  });
  worker.addEventListener("error", () => {
    for (const [, reject] of waiting.values()) reject();
    waiting.clear();
    searcher = null;
  });
  return worker;
}

/** @param {string[]} routes best first @returns {Map<string, number>} */
function ranks(routes) {
  return new Map(routes.map((route, rank) => [route, rank]));
}

/** Programs whose card has all the words. @param {string} query */
function lookOnPage(query) {
  const plain = (/** @type {string | null} */ text) => (text ?? "").toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  const asked = plain(query).split(/\s+/);
  for (const program of programs) program.text ||= plain(program.item?.textContent ?? `${program.name} ${program.partner}`);
  return programs.filter(({ text }) => asked.every((part) => text.includes(part))).map(({ route }) => route);
}

// --- What people do ---

/** Takes over a state that a person chose. @param {State} wanted */
function change(wanted) {
  box.value = wanted.query;
  take(wanted);
}

/** @param {State} wanted @param {{isTyped?: boolean}} [how] typed text is one step back, not one a letter */
function take(wanted, { isTyped = false } = {}) {
  const isNewText = wanted.query !== state.query;
  leftOut = "";
  state = wanted;
  refresh(isNewText);
  afterFrame(() => {
    if (isTyped) history.replaceState(null, "", address(wanted));
    else history.pushState(null, "", address(wanted));
    carryOver();
  });
}

/** Does what nobody sees once the screen shows what was chosen: slow phones take a while for a step back. @param {() => void} act */
function afterFrame(act) {
  requestAnimationFrame(() => setTimeout(act));
}

/** Shows the state, once all programs are known. @param {boolean} isNewText */
async function refresh(isNewText) {
  const mine = ++turn;
  limit = STEP;
  if (index) {
    found.textContent = word("searching");
    await readAll();
    if (mine !== turn) return;
  }
  if (isNewText || list.ariaBusy) search(); // a search that was under way would be dropped
  else show();
}

/** The state as the form has it. @returns {State} */
function readForm() {
  const chosen = new Map();
  for (const { key, choices, select } of facets) {
    const checked = [...choices.values()].filter(({ input }) => "checked" in input && input.checked);
    const values = select ? [select.value].filter(Boolean) : checked.map(({ value }) => value);
    if (values.length) chosen.set(key, new Set(values));
  }
  return { query: cleaned(box.value), chosen, isAged: state.isAged };
}

/** Searches for what was typed. */
function ask() {
  clearTimeout(typing);
  take(readForm(), { isTyped: true });
}

/** Opens the facet that the address leads to (`#dp-facet-need`), and on wide screens those in which it chose something. */
function openChosen() {
  const isWide = matchMedia("(min-width: 60rem)").matches;
  const wanted = facets.filter(({ key }) => isWide && state.chosen.has(key)).map(({ group }) => group);
  for (const details of finder.querySelectorAll("details")) {
    const group = details.dataset.group ?? "";
    if (wanted.includes(group) || location.hash === `#dp-facet-${group}`) details.open = true;
  }
}

/** Shows what the address asks for. */
function restore() {
  carryOver();
  state = readAddress();
  leftOut = oddity();
  box.value = state.query;
  refresh(true);
}

/** Shows more programs, and goes on to the first of them. */
async function showMore() {
  await readAll();
  const before = list.children.length;
  limit += STEP;
  show();
  list.children[before]?.querySelector("a")?.focus();
}

finder.querySelector(".dp-facets")?.addEventListener("change", () => take(readForm()));
aged?.addEventListener("change", () => take({ ...state, isAged: !state.isAged }));
finder.querySelector(".dp-facets")?.addEventListener("focusin", readAll, { once: true });
document.querySelector("#dp-more button")?.addEventListener("click", showMore);
box.addEventListener("input", () => {
  clearTimeout(typing);
  typing = window.setTimeout(ask, TYPING_MS);
});
box.addEventListener(
  "focus",
  () => void inTime("load", root, lang),
  { once: true },
);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
  found.scrollIntoView({ block: "start" });
});
window.addEventListener("popstate", restore);
window.addEventListener("hashchange", openChosen);
window.addEventListener("hashchange", carryOver);
finder.dataset.live = "";
form.hidden = false;
showRest(Number.POSITIVE_INFINITY);
late?.remove();
aged?.closest("p")?.removeAttribute("hidden");
openChosen();
carryOver();
if (location.search) restore();
if (state.query) found.scrollIntoView({ block: "start" });
