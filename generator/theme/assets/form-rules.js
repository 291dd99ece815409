/**
 * Whether answers fit: the schema and the rules of `partners check` that look at one record alone, as far as a form asks
 * for such things. Patterns and words come from the generator; a test lets both judge the same cases.
 *
 * @typedef {(string | number)[]} Path
 * @typedef {{at: Path, what: string, values: Record<string, any>, isError: boolean}} Fault what is wrong, by the name of
 *   its words; `values` are for their gaps, with paths where a question is meant
 * @typedef {{type: string, format?: string, minLength?: number, maxLength?: number, minimum?: number, maximum?: number,
 *   uniqueItems?: boolean, items?: Schema, properties?: Record<string, Schema>, required?: string[], example?: string}} Schema
 * @typedef {{schema: Schema, patterns: Record<string, string>, looks: Record<string, [string, string]>,
 *   grades: string[], issue: any}} Table
 */

const SHOWN = 60; // characters of a value that a message repeats
const SHORT = 32; // a longer limit is one of length, a shorter one of form
const CODE = 10; // characters: what is as short as a date holds nothing to look at
const BESIDE = 16; // characters on each side of one that nobody sees
const REACH = 60; // characters beside a name that may speak of it
const BEFORE_BIRTH = 80;
const MARK = "@@dp:";
const DASHES = /[\u2010-\u2015]/g;
const SPACES = /[\u00a0\u202f]/g;
/** White space as the loader knows it. */
export const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u;
const FIRST = { to: ["from"], ends: ["starts"], max: ["min"] };

/** Everything that is wrong with the data of a form. @param {any} data @param {Table} table @returns {Fault[]} */
export function faults(data, table) {
  return [...schemaFaults(data, table.schema, [], table), ...ruleFaults(data, table)];
}

// --- The schema ---

/** @param {any} value @param {Schema} schema @param {Path} at @param {Table} table @returns {Generator<Fault>} */
function* schemaFaults(value, schema, at, table) {
  if (schema.type === "object") {
    const fields = schema.properties ?? {};
    for (const name of schema.required ?? []) {
      if (value[name] !== undefined) continue;
      const path = [...at, name];
      const group = at.filter((step) => typeof step === "string");
      const values = { name: path, group: at, example: fields[name].example };
      yield { at: path, what: group.length ? "missing-below" : "missing", values, isError: true };
    }
    for (const [name, below] of Object.entries(fields)) {
      if (value[name] !== undefined) yield* schemaFaults(value[name], below, [...at, name], table);
    }
  } else if (schema.type === "array") {
    if (schema.uniqueItems) yield* repeated(value, at);
    for (const [number, item] of value.entries()) yield* schemaFaults(item, schema.items ?? { type: "" }, [...at, number], table);
  } else {
    const found = valueFault(value, schema, at, table);
    if (found) yield { at, values: {}, isError: true, ...found };
  }
}

/** @param {any[]} list @param {Path} at @returns {Generator<Fault>} */
function* repeated(list, at) {
  for (const [number, item] of list.entries()) {
    if (typeof item === "string" && list.indexOf(item) < number) {
      yield { at: [...at, number], what: "repeated", values: { value: quoted(item) }, isError: true };
    }
  }
}

/** The first thing that is wrong with one value. @param {any} value @param {Schema} schema @param {Path} at @param {Table} table */
function valueFault(value, schema, at, table) {
  if (schema.type === "number" || schema.type === "integer") {
    const values = { value: quoted(value), name: at, sample: schema.example, low: shown(schema.minimum), high: shown(schema.maximum) };
    if (typeof value === "string") return { what: schema.type === "integer" ? "not-whole" : "not-a-number", values };
    if (schema.type === "integer" && !Number.isInteger(value)) return { what: "not-whole", values };
    if (value < (schema.minimum ?? -Infinity)) return { what: "too-small", values };
    return value > (schema.maximum ?? Infinity) ? { what: "too-large", values } : null;
  }
  if (schema.type !== "string") return null;
  const { length } = [...value];
  const most = schema.maxLength ?? Infinity;
  if (length > most && (most > SHORT || schema.format === "line")) {
    return { what: "too-long", values: { name: at, length: shown(length), most: shown(most), excess: shown(length - most) } };
  }
  const pattern = table.patterns[schema.format ?? ""];
  const fits = !pattern || new RegExp(pattern, "u").test(value);
  if (length >= (schema.minLength ?? 0) && length <= most && fits && (schema.format !== "calendar-date" || isDay(value))) return null;
  return wrongForm(value, schema, fits);
}

/** @param {string} value @param {Schema} schema @param {boolean} fits whether it has the form, if not the meaning */
function wrongForm(value, schema, fits) {
  const { format = "", example } = schema;
  if (format === "line" || format === "prose") {
    if (!/[\p{L}\p{N}]/u.test(value)) return { what: "no-words", values: { value: quoted(value) } };
    return format === "line" && value.trim().includes("\n") ? { what: "several-lines" } : null; // what nobody sees is told below
  }
  const values = { value: quoted(value), example };
  if (format === "calendar-date" && fits) return { what: "no-such-day", values };
  const instead = better(value, format);
  return { what: `not-${format}`, values: { ...values, better: instead } };
}

/** What a value should have been, where that is certain enough. @param {string} value @param {string} format */
function better(value, format) {
  if (format === "web-address") return /^(?:[a-z0-9-]+\.)+[a-z]{2,}(?:\/[\w./-]*)?$/i.test(value) ? `https://${value}` : "";
  if (format === "email-address") return /^mailto:[\w.+-]+@[\w.-]+$/.test(value) ? value.slice("mailto:".length) : "";
  if (format !== "local-time") return "";
  const found = /^(1[0-2]|0?[0-9])(?:[:.]([0-5][0-9]))? ?(?:([ap])\.?m\.?)?$/.exec(value.toLowerCase());
  if (!found || !(found[2] || found[3])) return "";
  const hour = found[3] ? (Number(found[1]) % 12) + (found[3] === "p" ? 12 : 0) : Number(found[1]);
  return `${String(hour).padStart(2, "0")}:${found[2] ?? "00"}`;
}

/** @param {string} text */
function isDay(text) {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text;
}

/** @param {number | undefined} number */
function shown(number) {
  return number === undefined ? "" : number.toLocaleString("en-US", { maximumFractionDigits: 10 });
}

/** A value in quotation marks, cut to a length that a message can hold, everything in it visible. @param {any} value */
export function quoted(value) {
  const text = [...String(value)].map((letter) => (isSeen(letter) ? letter : spelled(letter))).join("");
  return `"${excerpt(text)}"`;
}

/** @param {string} letter */
function isSeen(letter) {
  return letter === " " || "\u200c\u200d".includes(letter) || !/[\p{C}\p{Z}\u115f\u1160\u3164\uffa0]/u.test(letter);
}

/** @param {string} letter */
function spelled(letter) {
  const short = { "\n": "\\n", "\r": "\\r", "\t": "\\t" }[letter];
  const code = (letter.codePointAt(0) ?? 0).toString(16);
  return short ?? (code.length > 4 ? `\\U${code.padStart(8, "0")}` : `\\u${code.padStart(4, "0")}`);
}

/** @param {string} text */
function excerpt(text) {
  const line = [...text.split(SPACE).filter(Boolean).join(" ")];
  if (line.length <= SHOWN) return line.join("");
  let head = line.slice(0, SHOWN - 1);
  if (line[SHOWN - 1] !== " ") {
    const space = head.lastIndexOf(" ");
    if (space >= SHOWN / 2) head = head.slice(0, space);
    else while (head.length && (/[\p{Mn}\p{Mc}]/u.test(line[head.length]) || line.slice(head.length - 1, head.length + 1).includes("\u200d"))) head.pop();
  }
  return `${head.join("").replace(/[ ,;:.–—-]+$/u, "")}…`;
}

// --- The rules ---

/** @param {any} data @param {Table} table @returns {Generator<Fault>} */
function* ruleFaults(data, table) {
  const looks = compiled(table.looks);
  for (const { at, value } of everything(data, [])) {
    if (typeof value === "string") {
      for (const [what, isError, values] of textFaults(value, at, looks)) yield { at, what, isError, values: values ?? {} };
    } else if (!Array.isArray(value)) {
      yield* spanFaults(value, at, table.grades);
      yield* costFaults(value, at);
      yield* lateFaults(value, at);
    }
  }
}

/** @param {Table["looks"]} looks @returns {Record<string, RegExp>} */
function compiled(looks) {
  return Object.fromEntries(Object.entries(looks).map(([name, [source, flags]]) => [name, new RegExp(source, flags)]));
}

/** Every value with its way, groups before what is in them. @param {any} value @param {Path} at @returns {Generator<{at: Path, value: any}>} */
function* everything(value, at) {
  if (typeof value === "string") yield { at, value };
  if (!value || typeof value !== "object") return;
  yield { at, value };
  for (const [key, below] of Object.entries(value)) yield* everything(below, [...at, Array.isArray(value) ? Number(key) : key]);
}

/** @param {string} text @param {Path} at @param {Record<string, RegExp>} looks @returns {Generator<[string, boolean, Record<string, any>?]>} */
function* textFaults(text, at, looks) {
  const key = at[at.length - 1];
  const unseen = looks.unseen.exec(text);
  if (unseen) {
    const { length } = [...text.slice(0, unseen.index)];
    yield ["unseen", true, { value: quoted([...text].slice(Math.max(0, length - BESIDE), length + BESIDE).join("")) }];
  }
  if (text.includes("@@") && text.includes(MARK)) yield ["mark-of-frame", true, { mark: MARK }];
  yield* addressFaults(text, looks);
  if (([...text].length <= CODE && /^[\x00-\x7f]*$/.test(text)) || ["email", "phone", "sms"].includes(key) || text.startsWith("http")) return;
  const plain = text.replace(new RegExp(looks.link, "giu"), "");
  if (looks.email.test(plain)) yield ["email-in-text", false];
  else if (looks.phone.test(plain.replace(DASHES, "-").replace(SPACES, " "))) yield ["phone-in-text", false];
  if (looks.disguised.test(text)) yield ["disguised-email", false];
  if (isStudent(text, looks)) yield ["student-data", true];
  if (namesMinor(text.replaceAll("\n", " "), looks)) yield ["minor", false];
}

/** @param {string} text @param {Record<string, RegExp>} looks */
function isStudent(text, looks) {
  return [...text.matchAll(new RegExp(looks.student, "giu"))].some(
    (found) => !(found.groups?.born && end(looks.thing).test(text.slice(Math.max(0, found.index - BEFORE_BIRTH), found.index))),
  );
}

/** @param {RegExp} pattern for the end of a text */
function end(pattern) {
  return new RegExp(`(?:${pattern.source})$`, pattern.flags);
}

/** @param {RegExp} pattern for the whole of a text */
function whole(pattern) {
  return new RegExp(`^(?:${pattern.source})$`, pattern.flags);
}

/** What is wrong with the web addresses in a text. @param {string} text @param {Record<string, RegExp>} looks @returns {Generator<[string, boolean, Record<string, any>?]>} */
function* addressFaults(text, looks) {
  if (!text.includes("://")) return;
  if (text.toLowerCase().includes("http://")) yield ["insecure-link", false];
  for (const [, authority, , rest] of text.matchAll(new RegExp(looks.link, "giu"))) {
    const lower = authority.toLowerCase();
    const user = lower.lastIndexOf("@");
    let host = lower.slice(user + 1);
    if (host.includes(":") && !host.endsWith("]")) host = host.slice(0, host.indexOf(":"));
    host = host.replace(/\.+$/, "");
    const last = host.slice(host.lastIndexOf(".") + 1);
    if (!host.includes(".") || host.startsWith("[") || whole(looks.number).test(last) || end(looks.privateEnding).test(host)) {
      yield ["private-host", true];
    }
    if (user > 0) yield ["user-in-url", true];
    const short = host.replace(/^www\./, "");
    if (whole(looks.shortener).test(short)) yield ["link-shortener", false, { host: short }];
    if (hasSecret(undone(rest), looks)) yield ["credential-in-url", true];
  }
}

/** Percent signs undone. @param {string} text */
function undone(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** @param {string} rest @param {Record<string, RegExp>} looks */
function hasSecret(rest, looks) {
  return [...rest.matchAll(new RegExp(looks.parameter, "gu"))].some(([, name, value]) =>
    whole(looks.perhaps).test(name) ? whole(looks.secret).test(value) : whole(looks.credential).test(name),
  );
}

/** Whether a line seems to name a child. @param {string} line @param {Record<string, RegExp>} looks */
function namesMinor(line, looks) {
  return [...line.matchAll(new RegExp(looks.name, "gu"))].some((found) => isChild(line, found, looks));
}

/** @param {string} line @param {RegExpMatchArray} found @param {Record<string, RegExp>} looks */
function isChild(line, found, looks) {
  const start = found.index ?? 0;
  const stop = start + found[0].length;
  const words = found[0].split(" ");
  const first = words.findIndex((word) => !whole(looks.start).test(word));
  const name = first < 0 ? [] : words.slice(first);
  if (!name.length || name.some((word) => !/^\p{Lu}/u.test(word) || whole(looks.noPerson).test(word))) return false;
  const begin = stop - name.join(" ").length;
  const before = line.slice(Math.max(0, begin - REACH), begin);
  const follows = (/** @type {RegExp} */ pattern) => new RegExp(`^(?:${pattern.source})`, pattern.flags).test(line.slice(stop));
  if (looks.before.test(before)) return true;
  if (follows(looks.says) && looks.pupil.test(before)) return true;
  const isCapitals = name.join(" ") === name.join(" ").toUpperCase();
  if (follows(looks.ageAfter) || (!isCapitals && follows(looks.gradeAfter))) return !looks.place.test(before);
  return follows(looks.yearsOld);
}

/** What has two ends and is the wrong way round. @param {any} group @param {Path} at @param {string[]} grades @returns {Generator<Fault>} */
function* spanFaults(group, at, grades) {
  for (const [last, firsts] of Object.entries(FIRST)) {
    for (const first of firsts) {
      if (group[first] === undefined || group[last] === undefined || !isReversed(group[first], group[last], grades)) continue;
      const values = { last: [...at, last], first: [...at, first], end: String(group[last]), start: String(group[first]) };
      yield { at: [...at, last], what: values.start === values.end ? "no-time-between" : "reversed", values, isError: true };
    }
  }
}

/** @param {any} first @param {any} last @param {string[]} grades */
function isReversed(first, last, grades) {
  if (grades.includes(first) && grades.includes(last)) return grades.indexOf(first) > grades.indexOf(last);
  if (typeof first !== typeof last) return false;
  if (typeof first === "string" && first.includes(":")) return first >= last;
  return first > last;
}

/** @param {any} group @param {Path} at @returns {Generator<Fault>} */
function* costFaults({ cost }, at) {
  if (cost?.kind === "free" && cost.amount > 0) yield { at: [...at, "cost", "amount"], what: "price-of-free", values: {}, isError: true };
  if (cost?.kind === "fee" && cost.amount === undefined) yield { at: [...at, "cost", "kind"], what: "fee-without-amount", values: {}, isError: false };
}

/** The last day to register is after the last session. @param {any} group @param {Path} at @returns {Generator<Fault>} */
function* lateFaults({ when }, at) {
  const ends = (when?.sessions ?? []).map((/** @type {any} */ session) => session.ends);
  if (!when?.register_by || !ends.length || ends.includes(undefined)) return;
  const day = ends.sort().at(-1);
  if (when.register_by > day) yield { at: [...at, "when", "register_by"], what: "late-registration", values: { day }, isError: true };
}

/** @typedef {{label: (path: Path) => string, line: (path: Path, example: string) => string, word: (name: string) => string}} Speech */

/** What a person is told: what is wrong, and what to do. @param {Fault} fault @param {Speech} speech @returns {[string, string]} */
export function said(fault, speech) {
  const { name, group, first, last, sample, ...plain } = fault.values;
  const example = plain.example ?? (sample ? speech.line(name, sample) : "");
  const values = {
    ...plain,
    example: fault.what.startsWith("missing") ? speech.line(name, example) : example,
    ...Object.fromEntries(Object.entries({ name, group, first, last }).map(([key, path]) => [key, path ? speech.label(path) : ""])),
  };
  const hint = values.better ? "better-hint" : `${fault.what}-hint`;
  return [filled(speech.word(fault.what), values), filled(speech.word(hint), values)];
}

/** @param {string} message @param {Record<string, any>} values */
export function filled(message, values) {
  return message.replace(/%\((\w+)\)s/g, (_, key) => values[key] ?? "");
}
