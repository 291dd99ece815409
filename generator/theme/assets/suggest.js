/**
 * The forms with which anybody can propose something. Answers are checked here, and nothing leaves the browser until the
 * person chooses one of the ways: an e-mail, a file, a public issue, a public file.
 *
 * `?record=partner` fills in what the directory says of a partner, `&program=program` of one of its programs, `?page=…`
 * the page with a mistake. On the form for nominations, which is private and offers no public way, `?partner=partner` fills
 * in whom to thank.
 */

import { faults } from "./form-rules.js";
import { clean, draft, fill, fold, keep, labelOf, pruned, put, read, reveal, sentences, show, start, toldOf, word } from "./form.js";
import { byEmail, changesOf, day, download, issueOf, issueOfChange, newFile, slugOf, textOf } from "./suggest-ways.js";

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const SILENCE_MS = 400; // of typing before a draft is kept
const form = byId("dp-form", HTMLFormElement);
const ways = byId("dp-ways", HTMLElement);
const list = byId("dp-ways-list", HTMLElement);
const kept = byId("dp-kept", HTMLElement);
const note = byId("dp-form-note", HTMLElement);
const summary = byId("dp-faults", HTMLElement);
const partnerBox = /** @type {HTMLInputElement | null} */ (form.querySelector("[data-partner]"));
const promises = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll("[data-promise]")]);
const name = form.dataset.form ?? "";
const root = new URL(`${form.dataset.root}`, location.href.split(/[?#]/)[0]);
const asked = new URLSearchParams(location.search);
const record = slugAsked(name === "nomination" ? "partner" : "record");
const program = name === "program" ? slugAsked("program") : "";
const KEY = `dp-draft ${root.pathname} ${name} ${record} ${program}`;
/** What only nominations have. @type {typeof import("./suggest-nominate.js") | null} */
let own = null;
const coming = name === "nomination" ? import("./suggest-nominate.js") : null;
/** What the record says now; null for something new. @type {Record<string, any> | null} */
let before = null;
let runBy = ""; // the partner's name, when a new program is one of its
let isForgotten = false; // since then nothing was typed
let timer = 0;

/** @template {Element} T @param {string} id @param {new () => T} kind @returns {T} */
function byId(id, kind) {
  const node = document.getElementById(id);
  if (!(node instanceof kind)) throw new Error(`this page has no ${id}`);
  return node;
}

/** @param {string} key */
function slugAsked(key) {
  const value = asked.get(key) ?? "";
  return SLUG.test(value) ? value : "";
}

/** The page of this site that the address names; nothing for one elsewhere. */
function pageAsked() {
  const path = asked.get("page") ?? "";
  return /^[a-z][\w/-]*$/i.test(path) ? new URL(path, root).href : "";
}

/** @param {URL} address */
async function jsonAt(address) {
  const answer = await fetch(address);
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

/** @param {HTMLElement} node @param {string} text */
function tell(node, text) {
  node.hidden = !text;
  node.textContent = text;
}

/** @param {import("./form-rules.js").Table} table */
async function begin(table) {
  own = await coming;
  start(form);
  if (own) await own.begin(record, root, jsonAt);
  else if (asked.get("record")) await fillFromRecord();
  const page = form.querySelector('[data-path="page"]');
  if (page instanceof HTMLInputElement) page.value = pageAsked();
  const earlier = draft(KEY);
  if (earlier) {
    const data = earlier.data ?? structuredClone(before) ?? {};
    for (const { path, to } of earlier.changes ?? []) put(data, path, to);
    fill(form, data);
    if (partnerBox && typeof earlier.partner === "string") partnerBox.value = earlier.partner;
    tell(note, [note.textContent, word("draft")].filter(Boolean).join(" "));
  }
  for (const node of document.querySelectorAll(".dp-script")) /** @type {HTMLElement} */ (node).hidden = false;
  fold(form);
  reveal(form);
  form.addEventListener("input", ({ target }) => changed(table, target));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    check(table);
  });
  byId("dp-forget", HTMLElement).addEventListener("click", () => {
    if (confirm(word("sure"))) forget("forgotten");
  });
  byId("dp-sent", HTMLElement).addEventListener("click", () => forget("thanks"));
}

/** What the directory says already: into the form, or into the title. */
async function fillFromRecord() {
  const missing = () => tell(note, word("unknown", { name: [asked.get("record"), asked.get("program")].filter(Boolean).join("/") }));
  const known = record ? await jsonAt(new URL(`records/${record}.json`, root)) : null;
  if (!known) return missing();
  const title = byId("dp-form-title", HTMLElement);
  const found = name === "program" ? known.programs.find((/** @type {any} */ each) => each.slug === program) : known;
  if (name === "program") {
    /** @type {HTMLElement} */ (document.getElementById("dp-runs")).hidden = true;
    runBy = known.name;
  }
  if (found) {
    before = pruned(found) ?? {};
    fill(form, before ?? {});
    title.textContent = word("change", { name: found.name });
  } else {
    title.textContent = word("at", { name: known.name });
    if (program || asked.get("program")) missing();
  }
  document.title = `${title.textContent} · ${document.title.split(" · ").at(-1)}`;
}

// --- The draft ---

/** @param {import("./form-rules.js").Table} table @param {EventTarget | null} target */
function changed(table, target) {
  isForgotten = false;
  if (target instanceof HTMLSelectElement && target.dataset.path === "status/state") {
    const dated = /** @type {HTMLInputElement} */ (form.querySelector('[data-path="status/as_of"]'));
    dated.value = target.value && day(new Date());
  }
  ways.hidden = true;
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (isForgotten) return;
    const { data } = read(form, table.schema);
    const written = before ? { changes: changesOf(before, data, table.schema) } : { data }; // the record may be newer by then
    const isKept = keep(KEY, { ...written, partner: partnerBox?.value ?? "" });
    tell(kept, word(isKept ? "kept" : "full"));
  }, SILENCE_MS);
}

/** @param {string} thanks */
function forget(thanks) {
  isForgotten = true;
  clearTimeout(timer);
  keep(KEY, null);
  tell(kept, "");
  tell(note, word(thanks));
  form.reset();
  fill(form, before ?? {});
  fold(form);
  show(form, []);
  summary.replaceChildren();
  ways.hidden = true;
  const title = byId("dp-form-title", HTMLElement);
  title.focus();
}

// --- The check ---

/** @param {import("./form-rules.js").Table} table */
function check(table) {
  clean(form, table.looks.unseen);
  const { data, places } = read(form, table.schema);
  // a partner is a name or an address, which only the loader knows; this site is itself
  const found = faults({ ...data, partner: partnerBox?.value }, table).filter(({ at: [first], what }) =>
    first === "partner" ? what === "unseen" : first !== "page" || !data.page?.startsWith(root.href),
  );
  if (partnerBox && !runBy) {
    places.set("partner", partnerBox);
    const values = { name: ["partner"], example: "Riverbend Food Bank" };
    if (!partnerBox.value.trim()) found.unshift({ at: ["partner"], what: "missing", values, isError: true });
  }
  const told = found.map((fault) => ({ ...toldOf(fault, places), isError: fault.isError }));
  for (const box of promises) if (!box.checked) told.push({ node: box, text: word("promise"), hint: "", isError: true });
  const errors = told.filter(({ isError }) => isError);
  const changes = before ? changesOf(before, data, table.schema) : null;
  show(form, told);
  ways.hidden = true;
  summary.replaceChildren();
  if (errors.length) listed(summary, errors);
  else if (changes && !changes.length) nothing();
  else offer(table, data, changes, told);
}

/** What is wrong, above the form, each with a link to its question. @param {HTMLElement} place @param {{node: HTMLElement, text: string, hint: string}[]} told */
function listed(place, told) {
  const heading = Object.assign(document.createElement("h2"), { textContent: word("faults"), tabIndex: -1 });
  const items = document.createElement("ul");
  for (const { node, text } of told) {
    const link = Object.assign(document.createElement("a"), { href: `#${node.id}` });
    const label = labelOf(node);
    link.textContent = text.includes(label) ? sentences(text) : `${label}: ${sentences(text)}`;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const target = node.matches("fieldset") ? (/** @type {HTMLElement | null} */ (node.querySelector("input, select, textarea")) ?? node) : node;
      target.focus();
      target.closest(".dp-ask")?.scrollIntoView({ block: "nearest" });
    });
    const item = document.createElement("li");
    item.append(link);
    items.append(item);
  }
  place.append(heading, items);
  heading.focus();
}

function nothing() {
  const heading = Object.assign(document.createElement("h2"), { textContent: word("nothing"), tabIndex: -1 });
  summary.append(heading);
  heading.focus();
}

// --- The ways ---

/**
 * @param {import("./form-rules.js").Table} table @param {Record<string, any>} data
 * @param {import("./suggest-ways.js").Change[] | null} changes @param {{node: HTMLElement, text: string, hint: string}[]} warnings
 */
function offer(table, data, changes, warnings) {
  if (own) data = own.withPartner(data);
  const where = { form: name, record, program, partner: record || (partnerBox?.value.trim() ?? "") };
  const file = textOf(where, data, changes);
  const title = changes ? word("change", { name: before?.name }) : byId("dp-form-title", HTMLElement).textContent ?? "";
  const inWords = own ? "" : describe(data, changes, table.schema); // its file goes back into a vault whole
  byId("dp-shown", HTMLElement).textContent = file.text || inWords;
  byId("dp-look", HTMLElement).replaceChildren(...warnings.map(({ node, text, hint }) => item(word("look", { value: sentences(labelOf(node), text, hint) }))));
  const sealed = own?.sealing(form.dataset, file.text, title);
  list.replaceChildren(...(sealed ? [sealed] : []));
  const { email, repository } = form.dataset;
  const saved = file.text ? file : { name: `${name}.txt`, text: inWords };
  let isWhole = false;
  if (email) {
    const mail = byEmail({ to: email, subject: data.name && !changes ? `${title}: ${data.name}` : title, words: inWords, file, attached: word("attached", { name: saved.name }) });
    isWhole = mail.isWhole;
    if (mail.isWhole || !sealed) list.append(way(link(word("email"), mail.address), word(mail.isWhole ? "readable" : "attach")));
  }
  if ((file.text || !isWhole) && !sealed) list.append(way(download(word("download", { name: saved.name }), saved), word("plain")));
  if (repository) offerInPublic(table, data, changes, file, where, repository.replace(/\/$/, ""));
  const print = Object.assign(document.createElement("button"), { type: "button", className: "dp-button dp-button--plain", textContent: word("print") });
  print.addEventListener("click", () => window.print());
  list.append(way(print));
  ways.hidden = false;
  byId("dp-ways-title", HTMLElement).focus();
}

/**
 * @param {import("./form-rules.js").Table} table @param {Record<string, any>} data
 * @param {import("./suggest-ways.js").Change[] | null} changes @param {{name: string, text: string}} file
 * @param {{form: string, record: string, program: string, partner: string}} where @param {string} repository
 */
function offerInPublic(table, data, changes, file, where, repository) {
  if (name === "partner" && !changes) {
    const address = newFile(repository, `partners/${slugOf(data.name)}.yml`, file.text);
    if (address) list.append(way(link(word("file"), address)));
  }
  if (!changes) {
    const address = issueOf(repository, table.issue, data, where);
    if (address) list.append(way(link(word("issue"), address)));
    return;
  }
  for (const each of issueOfChange(repository, table.issue, changes, where, data)) {
    list.append(way(link(word("issue-one", { name: labelFor(each.path) }), each.address)));
  }
}

/** @param {string[]} path */
function labelFor(path) {
  const node = form.querySelector(`[data-path="${path.join("/")}"], [data-rows="${path.join("/")}"]`);
  return node ? labelOf(node.matches("fieldset") ? /** @type {HTMLElement} */ (node) : /** @type {HTMLElement} */ (node.closest(".dp-ask"))) : path.join(" ");
}

/** @param {string} words */
function item(words) {
  return Object.assign(document.createElement("li"), { textContent: words });
}

/** @param {HTMLElement} what @param {string} [more] */
function way(what, more = "") {
  const made = document.createElement("li");
  made.append(what);
  if (more) made.append(Object.assign(document.createElement("p"), { textContent: more, className: "dp-small" }));
  return made;
}

/** @param {string} label @param {string} href */
function link(label, href) {
  return Object.assign(document.createElement("a"), { className: "dp-button dp-button--plain", textContent: label, href, rel: "noopener noreferrer" });
}

/**
 * What is proposed, in the words of the page, a line for each answer.
 * @param {Record<string, any>} data @param {import("./suggest-ways.js").Change[] | null} changes @param {import("./form-rules.js").Schema} schema
 */
function describe(data, changes, schema) {
  const said = (changes ?? changesOf({}, data, schema)).map(({ path, from, to }) => `${labelFor(path)}: ${changes ? `${shown(path, from)} → ` : ""}${shown(path, to)}`);
  return said.join("\n");
}

/** A value in the words of the page. @param {string[]} path @param {any} value @returns {string} */
function shown(path, value) {
  if (value === undefined) return word("none");
  if (Array.isArray(value)) return value.map((each) => shown(path, each)).join(", ");
  const inList = form.querySelector(`[data-rows="${path.join("/")}"], [data-path="${path.join("/")}"]`)?.closest(".dp-ask");
  if (typeof value === "object") {
    const told = Object.entries(value).filter(([key]) => inList?.querySelector(`[data-path="${key}"]`));
    return told.map(([, each]) => shown(path, each)).join(" ");
  }
  const option = [...(inList?.querySelectorAll("option, input[data-several]") ?? [])].find((node) => /** @type {any} */ (node).value === String(value));
  if (option instanceof HTMLInputElement) return option.nextElementSibling?.textContent ?? String(value);
  return option?.textContent ?? String(value);
}

jsonAt(new URL(`forms/${name}.json`, root)).then(begin).catch((error) => {
  tell(note, word("broken"));
  console.error(error);
});
