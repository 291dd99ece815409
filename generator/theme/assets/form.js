/**
 * A form of the site as data: reads its answers, fills them in, adds and removes rows, shows what is wrong, and keeps a
 * draft in this browser. Every word comes from the page. Nothing is sent from here.
 *
 * Controls have `data-path`, the way to their field with “/” between keys; lists of rows have `data-rows`. A row's own
 * controls tell the way from the row; a row with one answer has an empty one.
 *
 * @typedef {import("./form-rules.js").Schema} Schema
 * @typedef {import("./form-rules.js").Fault} Fault
 * @typedef {import("./form-rules.js").Path} Path
 * @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Control
 * @typedef {{data: Record<string, any>, places: Map<string, HTMLElement>}} Answers `places` has the element of each path
 */

import { SPACE, filled, said } from "./form-rules.js";

const LONGEST_DRAFT = 200_000; // characters
const NUMBER = { integer: /^-?(?:0|[1-9][0-9]*)$/, number: /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/ };
const DIGITS = 15;
/** What other software than browsers ends a line with. */
const BREAKS = /[\v\f\x85\u2028\u2029]/;
/** What a row had before that the form does not ask about. @type {WeakMap<Element, Record<string, any>>} */
const rest = new WeakMap();
/** Things of a list of which the form asks nothing (a source that is no web page), with their places. @type {WeakMap<Element, [number, any][]>} */
const unasked = new WeakMap();
/** The order in which a record has the terms of a list. @type {WeakMap<Element, any[]>} */
const orders = new WeakMap();
/** The first row of each list as it was written, for more of them. @type {WeakMap<Element, Element>} */
const blanks = new WeakMap();
const words = /** @type {HTMLTemplateElement} */ (document.getElementById("dp-words")).content;

/** A message of the page with its values filled in. @param {string} name @param {Record<string, any>} [values] */
export function word(name, values = {}) {
  return filled(unfilled(name), values);
}

/** A message with its gaps. @param {string} name */
function unfilled(name) {
  return words.querySelector(`[data-word="${name}"]`)?.textContent ?? "";
}

/** @param {Path} path */
const keyOf = (path) => path.join("/");

// --- Parts ---

/** Folds up the parts that nobody has filled in; without scripts, and on paper, all are open. @param {HTMLElement} form */
export function fold(form, isOnPaper = false) {
  for (const part of form.querySelectorAll("details")) part.open = isOnPaper || hasAnswer(part);
}

/** Scrolls long lists to what is ticked in them. @param {HTMLElement} form */
export function reveal(form) {
  for (const list of form.querySelectorAll(".dp-options--long")) {
    const first = list.querySelector(":checked")?.closest("li");
    if (first) list.scrollTop += first.getBoundingClientRect().top - list.getBoundingClientRect().top - 8;
  }
}

/** @param {Element} part */
function hasAnswer(part) {
  const fields = /** @type {HTMLInputElement[]} */ ([...part.querySelectorAll("[data-path]")]);
  return fields.some((field) => (field.type === "checkbox" ? field.checked : field.value));
}

// --- Rows ---

/** Gives every list its buttons. @param {HTMLElement} form */
export function start(form) {
  fold(form);
  addEventListener("beforeprint", () => fold(form, true));
  addEventListener("afterprint", () => fold(form));
  for (const list of form.querySelectorAll("[data-rows]")) {
    const row = /** @type {Element} */ (list.querySelector("[data-row]"));
    blanks.set(list, /** @type {Element} */ (row.cloneNode(true)));
    const add = /** @type {HTMLButtonElement} */ (list.querySelector("[data-add]"));
    add.hidden = false;
    add.setAttribute("aria-label", `${add.textContent}: ${labelOf(/** @type {HTMLElement} */ (list))}`);
    add.addEventListener("click", () => control(addRow(list))?.focus());
    list.addEventListener("click", (event) => {
      const button = /** @type {Element} */ (event.target).closest("[data-remove]");
      if (button) removeRow(list, /** @type {Element} */ (button.closest("[data-row]")));
    });
    numbered(list);
  }
}

/** @param {Element} list @returns {Element} */
function addRow(list) {
  const row = /** @type {Element} */ (/** @type {Element} */ (blanks.get(list)).cloneNode(true));
  /** @type {Element} */ (list.querySelector("[data-add]")).parentElement?.before(row);
  numbered(list);
  return row;
}

/** @param {Element} list @param {Element} row */
function removeRow(list, row) {
  const rows = rowsOf(list);
  const near = rows[rows.indexOf(row) + 1] ?? rows[rows.indexOf(row) - 1];
  if (rows.length > 1) row.remove();
  else clear(row);
  numbered(list);
  (near ? control(near) : control(row))?.focus();
  list.dispatchEvent(new Event("input", { bubbles: true }));
}

/** @param {Element} list */
function rowsOf(list) {
  return [...list.querySelectorAll("[data-row]")];
}

/** The first control of a row. @param {Element} row @returns {HTMLElement | null} */
function control(row) {
  return row.querySelector("[data-path]");
}

/** Gives each row names of its own. @param {Element} list */
function numbered(list) {
  for (const [number, row] of rowsOf(list).entries()) {
    row.setAttribute("role", "group");
    row.setAttribute("aria-label", word("row", { name: labelOf(/** @type {HTMLElement} */ (list)), count: number + 1 }));
    for (const node of row.querySelectorAll("[id], [for], [aria-describedby]")) {
      for (const name of ["id", "for", "aria-describedby"]) {
        const value = node.getAttribute(name);
        if (value) node.setAttribute(name, value.replace(new RegExp(`(^| )(${list.id})-[0-9]+`, "g"), `$1$2-${number}`));
      }
    }
    for (const button of row.querySelectorAll("[data-remove]")) {
      /** @type {HTMLElement} */ (button).hidden = false;
      button.setAttribute("aria-label", `${button.textContent}: ${row.getAttribute("aria-label")}`);
    }
  }
}

/** @param {Element} part */
function clear(part) {
  for (const field of /** @type {NodeListOf<Control>} */ (part.querySelectorAll("[data-path]"))) {
    if (field.type === "checkbox") /** @type {HTMLInputElement} */ (field).checked = false;
    else field.value = "";
  }
  rest.delete(part);
}

// --- Reading ---

/**
 * Takes out of the answers what nobody sees: it comes along when text is pasted, and nobody could find it to delete it.
 * @param {HTMLElement} form @param {[string, string]} unseen a regular expression and its flags
 */
export function clean(form, [source, flags]) {
  const unseen = new RegExp(source, `g${flags}`);
  for (const field of /** @type {NodeListOf<Control>} */ (form.querySelectorAll("input, textarea"))) {
    const instead = field instanceof HTMLTextAreaElement ? "\n" : " ";
    const text = field.value.replace(unseen, (found) => (found === "\t" ? " " : BREAKS.test(found) ? instead : ""));
    if (text !== field.value) field.value = text; // not always: the caret would move
  }
}

/** The controls and lists that belong to a part itself, not to a row below it. @param {Element} part @returns {HTMLElement[]} */
function asks(part) {
  const own = part.matches("[data-row]") ? part : null;
  const found = [...part.querySelectorAll("[data-path], [data-rows]")];
  return /** @type {HTMLElement[]} */ (found.filter((node) => (node.parentElement?.closest("[data-row]") ?? null) === own));
}

/** All answers as the data of a record. @param {HTMLElement} form @param {Schema} schema @returns {Answers} */
export function read(form, schema) {
  /** @type {Map<string, HTMLElement>} */
  const places = new Map();
  const data = readPart(form, schema, [], places);
  return { data: inOrder(data, schema), places };
}

/** @param {Element} part @param {Schema} schema @param {Path} at @param {Map<string, HTMLElement>} places */
function readPart(part, schema, at, places) {
  /** @type {Record<string, any>} */
  const data = {};
  for (const node of asks(part)) {
    const path = (node.dataset.rows ?? node.dataset.path ?? "").split("/");
    const below = schemaAt(schema, path);
    const value = node.dataset.rows ? readRows(node, below, [...at, ...path], places) : valueOf(/** @type {Control} */ (node), below);
    if (!places.has(keyOf([...at, ...path]))) places.set(keyOf([...at, ...path]), node);
    if (value === undefined) continue;
    if (node.dataset.several !== undefined) put(data, path, ordered([...(get(data, path) ?? []), value], node));
    else put(data, path, value);
  }
  return data;
}

/** Terms in the order that the record has already, new ones last. @param {string[]} terms @param {HTMLElement} node */
function ordered(terms, node) {
  const known = orders.get(/** @type {Element} */ (node.closest("fieldset"))) ?? [];
  return [...known.filter((term) => terms.includes(term)), ...terms.filter((term) => !known.includes(term))];
}

/** @param {HTMLElement} list @param {Schema} schema @param {Path} at @param {Map<string, HTMLElement>} places */
function readRows(list, schema, at, places) {
  /** @type {any[]} */
  const made = [];
  const left = [...(unasked.get(list) ?? [])];
  for (const row of rowsOf(list)) {
    while (left.length && left[0][0] <= made.length) made.push(left.shift()?.[1]);
    const item = schema.items ?? { type: "" };
    const path = [...at, made.length];
    if (item.type === "object") {
      const found = readPart(row, item, path, places);
      if (Object.keys(found).length) made.push({ ...rest.get(row), ...found });
    } else {
      const field = /** @type {Control} */ (control(row));
      const value = valueOf(field, item);
      if (value === undefined) continue;
      places.set(keyOf(path), field);
      made.push(value);
    }
  }
  made.push(...left.map(([, value]) => value));
  return made.length ? made : undefined;
}

/** What a control holds; undefined when that is nothing. @param {Control} field @param {Schema} schema @returns {any} */
function valueOf(field, schema) {
  if (field.type === "checkbox") {
    const box = /** @type {HTMLInputElement} */ (field);
    return box.checked ? (box.dataset.several === undefined ? true : box.value) : undefined;
  }
  if (field.validity.badInput) return "?";
  const text = field instanceof HTMLTextAreaElement ? tidyLines(field.value) : field.value.normalize("NFC").split(SPACE).filter(Boolean).join(" ");
  if (!text) return undefined;
  const form = schema.type === "integer" || schema.type === "number" ? NUMBER[schema.type] : null;
  return form?.test(text) && text.length <= DIGITS + 1 ? Number(text) + 0 : text;
}

/** Text of several lines without spaces at their ends. @param {string} text */
function tidyLines(text) {
  return text.normalize("NFC").replace(/\r\n?/g, "\n").replace(/\t/g, " ").split("\n").map((line) => line.trimEnd()).join("\n").trim();
}

/** @param {Schema} schema @param {string[]} path @returns {Schema} */
function schemaAt(schema, path) {
  return path.reduce((found, name) => found.properties?.[name] ?? { type: "" }, schema);
}

/** What stands at a path. @param {any} data @param {Path} path */
export function get(data, path) {
  return path.reduce((found, step) => found?.[step], data);
}

/** @param {Record<string, any>} data @param {Path} path @param {any} value */
export function put(data, path, value) {
  let holder = data;
  for (const step of path.slice(0, -1)) holder = holder[step] ??= {};
  holder[path[path.length - 1]] = value;
}

/** The data with its keys in the order of the schema, others last. @param {any} data @param {Schema} schema @returns {any} */
export function inOrder(data, schema) {
  if (Array.isArray(data)) return data.map((item) => inOrder(item, schema.items ?? { type: "" }));
  if (!data || typeof data !== "object") return data;
  const fields = schema.properties ?? {};
  const names = [...Object.keys(fields).filter((name) => name in data), ...Object.keys(data).filter((name) => !(name in fields))];
  return Object.fromEntries(names.map((name) => [name, inOrder(data[name], fields[name] ?? { type: "" })]));
}

/** Data without what says nothing. @param {any} data @returns {any} */
export function pruned(data) {
  if (Array.isArray(data)) {
    const kept = data.map(pruned).filter((each) => each !== undefined);
    return kept.length ? kept : undefined;
  }
  if (data && typeof data === "object") {
    const kept = Object.entries(data).map(([name, value]) => [name, pruned(value)]);
    const full = kept.filter(([, value]) => value !== undefined);
    return full.length ? Object.fromEntries(full) : undefined;
  }
  return data === "" || data === null || data === false ? undefined : data;
}

// --- Filling in ---

/** Puts answers into the form. @param {Element} part @param {Record<string, any>} data */
export function fill(part, data) {
  for (const node of asks(part)) {
    const value = get(data, (node.dataset.rows ?? node.dataset.path ?? "").split("/"));
    if (node.dataset.rows) fillRows(node, Array.isArray(value) ? value : []);
    else set(/** @type {Control} */ (node), value);
    if (node.dataset.several !== undefined) orders.set(/** @type {Element} */ (node.closest("fieldset")), value ?? []);
  }
}

/** @param {HTMLElement} list @param {any[]} values */
function fillRows(list, values) {
  for (const row of rowsOf(list)) row.remove();
  const names = asks(/** @type {Element} */ (blanks.get(list))).map((node) => (node.dataset.path ?? "").split("/")[0]);
  const isAsked = (/** @type {any} */ value) => !value || typeof value !== "object" || names.some((name) => name in value);
  unasked.set(list, [...values.entries()].filter(([, value]) => !isAsked(value)));
  const shown = values.filter(isAsked);
  for (const value of shown.length ? shown : [undefined]) {
    const row = addRow(list);
    if (value && typeof value === "object") {
      rest.set(row, Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name))));
      fill(row, value);
    } else if (value !== undefined) set(/** @type {Control} */ (control(row)), value);
  }
}

/** @param {Control} field @param {any} value */
function set(field, value) {
  if (field.type === "checkbox") {
    const box = /** @type {HTMLInputElement} */ (field);
    box.checked = Array.isArray(value) ? value.includes(box.value) : value === true;
  } else if (value === undefined || value === null) field.value = "";
  else {
    const text = String(value);
    if (field instanceof HTMLSelectElement && text && ![...field.options].some((option) => option.value === text)) {
      field.append(new Option(text, text)); // out of use, but still in the record
    }
    field.value = text;
  }
}

// --- Saying what is wrong ---

/** The words beside a control or above a list. @param {HTMLElement} node */
export function labelOf(node) {
  const ask = node.matches("fieldset") ? node : node.closest(".dp-ask");
  return ask?.querySelector("[data-label]")?.textContent ?? "";
}

/** How faults are told: with the labels of the questions. @param {Map<string, HTMLElement>} places */
export function speech(places) {
  return {
    label: (/** @type {Path} */ path) => labelOf(placeOf(path, places) ?? document.body),
    line: (/** @type {Path} */ _path, /** @type {string} */ example) => example,
    word: unfilled,
  };
}

/** The element of a path, or of what it is in. @param {Path} path @param {Map<string, HTMLElement>} places @returns {HTMLElement | undefined} */
export function placeOf(path, places) {
  for (let end = path.length; end; end -= 1) {
    const found = places.get(keyOf(path.slice(0, end)));
    if (found) return found;
  }
  return undefined;
}

/** Shows each fault at its question; returns what to list above the form. @param {HTMLElement} form @param {{node: HTMLElement, text: string, hint: string}[]} told */
export function show(form, told) {
  for (const node of form.querySelectorAll(".dp-wrong")) node.setAttribute("hidden", "");
  for (const node of form.querySelectorAll("[aria-invalid]")) node.removeAttribute("aria-invalid");
  for (const { node, text, hint } of told) {
    const part = node.closest("details");
    if (part) part.open = true;
    const ask = node.matches("fieldset") ? node : (node.closest(".dp-ask") ?? node);
    const line = /** @type {HTMLElement | null} */ (ask.querySelector(".dp-wrong"));
    if (!line) continue;
    const before = line.hidden ? "" : `${line.textContent} `;
    line.textContent = before + sentences(text, hint);
    line.hidden = false;
    if (ask.matches("fieldset")) ask.setAttribute("aria-describedby", line.id);
    else node.setAttribute("aria-invalid", "true");
  }
}

/** What is wrong and what to do, as two sentences. @param {string[]} parts */
export function sentences(...parts) {
  return parts
    .filter(Boolean)
    .map((part) => part[0].toLocaleUpperCase() + part.slice(1) + (/[.!?。።؟]$/.test(part) ? "" : document.documentElement.lang.startsWith("zh") ? "。" : "."))
    .join(" ");
}

/** @param {Fault} fault @param {Map<string, HTMLElement>} places */
export function toldOf(fault, places) {
  const [text, hint] = said(fault, speech(places));
  const node = /** @type {HTMLElement} */ (placeOf(fault.at, places));
  const isChoice = node.matches("fieldset, select") && fault.what.startsWith("missing");
  return { node, text, hint: isChoice ? "" : hint };
}

// --- The draft ---

/** A draft of this browser; null when there is none. @param {string} key @returns {Record<string, any> | null} */
export function draft(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "null");
    return kept && typeof kept === "object" && !Array.isArray(kept) ? kept : null;
  } catch {
    return null;
  }
}

/** Keeps a draft, or takes it away with null; whether that was possible. @param {string} key @param {Record<string, any> | null} data */
export function keep(key, data) {
  try {
    const text = JSON.stringify(data);
    if (text.length > LONGEST_DRAFT) return false;
    if (data) localStorage.setItem(key, text);
    else localStorage.removeItem(key);
    return true;
  } catch {
    return false;
  }
}
