/**
 * The ways to send a proposal: its file, an e-mail, and addresses of public forms that are filled in already. Whoever
 * follows a link sends it; until then nothing leaves the browser.
 *
 * @typedef {{path: string[], from: any, to: any}} Change
 * @typedef {{form: string, record: string, program: string, partner: string}} Where
 * @typedef {{name: string, text: string}} File
 */

import { get } from "./form.js";
import { serialize } from "./form-yaml.js";

const LONGEST_MAIL = 1900; // characters of an address that every mail program takes
const LONGEST_LINK = 7500; // characters of an address that the site of the records takes
const SLUG_LIMIT = 64;
const NO_RESPONSE = "_No response_";
const SPELLED = { đ: "d", ð: "d", ø: "o", ł: "l", ı: "i", ħ: "h", ß: "ss", æ: "ae", œ: "oe", þ: "th", "&": " and " };

// --- What is proposed ---

/** The single fields that differ, in the order of the schema. @param {any} before @param {any} after @param {import("./form-rules.js").Schema} schema @param {string[]} [at] @returns {Change[]} */
export function changesOf(before, after, schema, at = []) {
  if (schema.type === "object" && schema.properties) {
    return Object.entries(schema.properties).flatMap(([name, below]) => changesOf(before?.[name], after?.[name], below, [...at, name]));
  }
  return same(before, after) ? [] : [{ path: at, from: before, to: after }];
}

/** @param {any} one @param {any} other @returns {boolean} */
function same(one, other) {
  if (typeof one === "string" && typeof other === "string") return one.trimEnd() === other.trimEnd();
  if (!one || !other || typeof one !== "object" || typeof other !== "object") return one === other;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Array.isArray(one) === Array.isArray(other) && [...names].every((name) => same(one[name], other[name]));
}

/** A slug for a name, as the loader makes it; empty without a Latin letter. @param {string} name */
export function slugOf(name) {
  const spelled = name.normalize("NFKD").toLowerCase().replace(/['’‘ʼʻ`´]/g, "").replace(/[đðøłıħßæœþ&]/g, (letter) => SPELLED[/** @type {keyof typeof SPELLED} */ (letter)]);
  const slug = (spelled.normalize("NFKD").replace(/[^\x00-\x7f]/g, "").match(/[a-z0-9]+/g) ?? []).join("-");
  if (slug.length <= SLUG_LIMIT) return slug;
  return slug.slice(0, SLUG_LIMIT + 1).replace(/-[^-]*$/, "") || slug.slice(0, SLUG_LIMIT);
}

/**
 * The file of a proposal: a partner's record as it would stand in the directory, else what to add or to change.
 * @param {Where} where @param {Record<string, any>} data @param {Change[] | null} changes @returns {File}
 */
export function textOf(where, data, changes) {
  if (where.form === "mistake") return { name: "", text: "" };
  if (where.form === "nomination") {
    const head = { form: where.form, language: document.documentElement.lang, sent: day(new Date()) };
    return { name: `${slugOf(data.organization) || "partner"}.nomination.yml`, text: serialize({ ...head, ...data }) };
  }
  if (where.form === "partner" && !changes) {
    return { name: `${slugOf(data.name) || "partner"}.yml`, text: serialize(data, "../schema/partner.schema.json") };
  }
  const start = { proposal: changes ? "change" : "new-program", partner: where.partner };
  if (!changes) return { name: `${slugOf(data.name) || "program"}.proposal.yml`, text: serialize({ ...start, program: data }) };
  const listed = changes.map(({ path, from, to }) => ({ field: path.join("/"), ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }));
  const whose = where.program ? { program: where.program } : {};
  const name = [where.record, where.program].filter(Boolean).join("-");
  return { name: `${name}.proposal.yml`, text: serialize({ ...start, ...whose, changes: listed }) };
}

/** A day where the person is, as 2027-02-01. @param {Date} now */
export function day(now) {
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/** A link that gives the file. @param {string} label @param {File} file @param {string} [type] */
export function download(label, file, type = "application/yaml") {
  const href = URL.createObjectURL(new Blob([file.text], { type }));
  return Object.assign(document.createElement("a"), { className: "dp-button dp-button--plain", textContent: label, href, download: file.name });
}

// --- An e-mail ---

/**
 * The address of an e-mail with everything in it, or with the first words only, when the file has to be attached.
 * @param {{to: string, subject: string, words: string, file: File, attached: string}} mail
 */
export function byEmail({ to, subject, words, file, attached }) {
  const lines = words.split("\n");
  for (let parts = [words, file.text], isWhole = true; ; isWhole = false) {
    const body = parts.filter(Boolean).join("\n\n").replaceAll("\n", "\r\n");
    const address = `mailto:${to}?subject=${encoded(subject)}&body=${encoded(body)}`;
    if (address.length <= LONGEST_MAIL || !lines.length) return { address, isWhole };
    lines.pop();
    parts = [attached, lines.length && [...lines, "…"].join("\n")];
  }
}

/** @param {string} text */
function encoded(text) {
  return encodeURIComponent(text.toWellFormed ? text.toWellFormed() : text);
}

// --- In public ---

/** The address at which a new file can be proposed; empty when it would be too long. @param {string} repository @param {string} path @param {string} text */
export function newFile(repository, path, text) {
  const address = `${repository}/new/main?filename=${encoded(path)}&value=${encoded(text)}`;
  return address.length <= LONGEST_LINK && !path.endsWith("/.yml") ? address : "";
}

/**
 * The address of a public issue with all answers, as the issue form would write them; empty when they do not fit in.
 * @param {string} repository @param {any} issue @param {Record<string, any>} data @param {Where} where
 */
export function issueOf(repository, issue, data, where) {
  const left = structuredClone(data);
  const answers = issue.questions.map((/** @type {any} */ question) => {
    if (question.widget === "page") return where.partner;
    const path = where.form === "mistake" ? [["page", "wrong", "shown"][issue.questions.indexOf(question)]] : question.path;
    const value = get(left, path);
    const holder = get(left, path.slice(0, -1));
    if (holder && value !== undefined) delete holder[path[path.length - 1]];
    return answer(value, question.widget);
  });
  if (left.status?.as_of === day(new Date())) delete left.status.as_of; // an issue is of the day on which it is read
  return isEmpty(left) ? opened(repository, issue, issue, answers, data.name ?? where.partner) : "";
}

/**
 * The addresses of public issues, one for each change that an issue can say.
 * @param {string} repository @param {any} issue @param {Change[]} changes @param {Where} where @param {Record<string, any>} data
 */
export function issueOfChange(repository, issue, changes, where, data) {
  const whole = [where.record, where.program].filter(Boolean).join("/");
  const found = new Map();
  for (const { path, to } of changes) {
    const isPrice = path[0] === "cost" && path[1] !== "help";
    const wanted = isPrice ? "cost/kind" : path.join("/");
    const question = issue.questions.find((/** @type {any} */ each) => each.path.join("/") === wanted);
    const text = isPrice ? price(data.cost) : answer(to, question?.widget);
    if (!question || text === null || found.has(wanted)) continue;
    const answers = [whole, `${issue.prefix}${question.label}`, text || "remove", ""];
    const address = opened(repository, issue, issue.change, answers, whole);
    if (address) found.set(wanted, { path, address });
  }
  return [...found.values()];
}

/** What a family pays as the form for changes reads it. @param {any} cost */
function price(cost) {
  if (!cost) return "remove";
  if (cost.kind !== "fee" || cost.amount === undefined) return cost.kind ?? null;
  return [`$${cost.amount}`, cost.per].filter(Boolean).join(" ");
}

/** A value as an issue form has it; null when it cannot. @param {any} value @param {string} [widget] @returns {string | null} */
function answer(value, widget) {
  if (value === undefined) return "";
  if (Array.isArray(value)) return value.every((each) => typeof each === "string") ? value.join(widget === "lines" ? "\n" : ", ") : null;
  const text = typeof value === "object" ? null : String(value);
  return text !== null && /^ {0,3}###|<!--/m.test(text) ? null : text;
}

/** @param {any} value @returns {boolean} */
function isEmpty(value) {
  return value === undefined || (typeof value === "object" && Object.values(value).every(isEmpty));
}

/** @param {string} repository @param {any} issue @param {any} form @param {(string | null)[]} answers @param {string} about */
function opened(repository, issue, form, answers, about) {
  if (answers.includes(null)) return "";
  const parts = form.questions.map((/** @type {any} */ question, /** @type {number} */ number) => `### ${question.label}\n\n${answers[number] || NO_RESPONSE}`);
  const promises = issue.promises.map((/** @type {string} */ promise) => `- [x] ${promise}`).join("\n");
  const body = [...parts, `### ${issue.confirm}\n\n${promises}`].join("\n\n");
  const title = `${form.title}: ${about}`.slice(0, 120);
  const address = `${repository}/issues/new?title=${encoded(title)}&labels=${encoded(form.label)}&body=${encoded(body)}`;
  return address.length <= LONGEST_LINK ? address : "";
}
