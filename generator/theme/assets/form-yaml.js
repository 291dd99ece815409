/**
 * Records as YAML text in house style: what `generator/serialize.py` writes, byte for byte; a test compares both.
 */

const WIDTH = 100; // columns; longer text is folded, longer lists get a line an item
const ITEM_LIMIT = 40; // characters of an item in a list on one line
const CODE_LIMIT = 24; // characters of a value in a mapping on one line
const PAIR_LIMIT = 4; // keys of a mapping on one line
const INDICATORS = "\\s\\-?:,\\[\\]{}#&*!|>'\"%@`";
const S = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000"; // white space of Python
const FIRST = INDICATORS.replace("\\s", S);
const PLAIN = new RegExp(`^[^${FIRST}](?:[^${S}:#]|:(?=[^${S}])|(?<=[^${S}])#| )*(?<! )$`, "u");
const PLAIN_IN_FLOW = new RegExp(`^[^${FIRST}](?:[^${S}:#,\\[\\]{}]|:(?=[^${S}])|(?<=[^${S}])#| )*(?<! )$`, "u");
const NOT_TEXT =
  /^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:e[-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-f]+|[-+]?\.inf|\.nan|~|null|true|false|yes|no|on|off|y|n)$/i;

/** The record as a YAML file, keys in the order given. @param {Record<string, any>} record @param {string} [schema] */
export function serialize(record, schema = "") {
  /** @type {string[]} */
  const lines = schema ? [`# yaml-language-server: $schema=${schema}`] : [];
  entries(lines, record, "");
  return [...lines, Object.keys(record).length ? "" : "{}\n"].join("\n");
}

/** @param {string[]} lines @param {Record<string, any>} mapping @param {string} indent */
function entries(lines, mapping, indent) {
  for (const [key, value] of Object.entries(mapping)) add(lines, `${indent}${keyOf(key)}:`, value, indent);
}

/** Adds the lines of a value after its lead (`name:` or `-`). @param {string[]} lines @param {string} lead @param {any} value @param {string} indent */
function add(lines, lead, value, indent) {
  const room = WIDTH - count(lead) - 1;
  if (typeof value === "string") return text(lines, lead, value, indent);
  if (Array.isArray(value)) {
    const line = flowList(value, room);
    lines.push(line === null ? lead : `${lead} ${line}`);
    if (line === null) items(lines, value, `${indent}  `);
  } else if (typeof value === "object") {
    const line = flowMapping(value, room);
    lines.push(line === null ? lead : `${lead} ${line}`);
    if (line === null) entries(lines, value, `${indent}  `);
  } else lines.push(`${lead} ${scalar(value)}`);
}

/** @param {string[]} lines @param {any[]} values @param {string} indent */
function items(lines, values, indent) {
  for (const value of values) {
    if (isMapping(value) && flowMapping(value, WIDTH - indent.length - 2) === null) {
      const first = lines.length;
      entries(lines, value, `${indent}  `);
      lines[first] = `${indent}- ${lines[first].replace(/^ +/, "")}`;
    } else add(lines, `${indent}-`, value, indent);
  }
}

/** @param {any} value */
function isMapping(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** Characters, as Python counts them. @param {string} words */
function count(words) {
  return [...words].length;
}

/** A list on one line, or null when it is too long or holds more than short texts and numbers. @param {any[]} values @param {number} room */
function flowList(values, room) {
  const shown = [];
  for (const value of values) {
    if (typeof value === "string") {
      const one = count(value) <= ITEM_LIMIT ? inFlow(value) : "";
      if (!one) return null;
      shown.push(one);
    } else if (typeof value === "object") return null;
    else shown.push(scalar(value));
  }
  const line = `[${shown.join(", ")}]`;
  return count(line) <= room ? line : null;
}

/** A mapping of a few codes and numbers on one line, or null. @param {Record<string, any>} values @param {number} room */
function flowMapping(values, room) {
  const all = Object.entries(values);
  if (all.length > PAIR_LIMIT) return null;
  const pairs = [];
  for (const [key, value] of all) {
    let shown = "";
    if (typeof value === "string") {
      shown = count(value) <= CODE_LIMIT && !value.includes(" ") ? inFlow(value) : "";
      if (!shown) return null;
    } else if (typeof value === "object") return null;
    else shown = scalar(value);
    pairs.push(`${keyOf(key)}: ${shown}`);
  }
  const line = `{${pairs.join(", ")}}`;
  return count(line) <= room ? line : null;
}

/** @param {number | boolean} value */
function scalar(value) {
  if (typeof value === "boolean" || Number.isInteger(value)) return String(value);
  return value.toFixed(10).replace(/0+$/, "").replace(/\.$/, "");
}

/** A text on the line of its lead, folded below it, or line for line. @param {string[]} lines @param {string} lead @param {string} words @param {string} indent */
function text(lines, lead, words, indent) {
  if (words.includes("\n")) lines.push(...paragraphs(lead, words.normalize("NFC"), indent));
  else if (count(lead) + 1 + count(words) > WIDTH && canFold(words)) {
    lines.push(`${lead} >-`, ...folded(words.normalize("NFC"), `${indent}  `));
  } else lines.push(`${lead} ${onOneLine(words)}`);
}

/** @param {string} words */
function canFold(words) {
  return words.includes(" ") && !words.includes("  ") && !words.includes("\r") && !words.startsWith(" ") && !words.endsWith(" ");
}

/** @param {string} words @param {string} indent */
function folded(words, indent) {
  const made = [];
  let line = indent;
  for (const word of words.split(" ")) {
    if (count(line) > indent.length && count(line) + count(word) >= WIDTH) {
      made.push(line.replace(/ +$/, ""));
      line = indent;
    }
    line += line.length === indent.length ? word : ` ${word}`;
  }
  return [...made, line];
}

/** Text of several lines as it stands, or quoted where spaces would be lost. @param {string} lead @param {string} words @param {string} indent */
function paragraphs(lead, words, indent) {
  const lines = words.replace(/\n$/, "").split("\n");
  const isLost = !lines[0] || !lines.at(-1) || lines[0].startsWith(" ") || words.includes("\r") || lines.some((line) => line.endsWith(" "));
  if (isLost) return [`${lead} ${escaped(words)}`];
  return [words.endsWith("\n") ? `${lead} |` : `${lead} |-`, ...lines.map((line) => (line ? `${indent}  ${line}` : ""))];
}

/** @param {string} key */
function keyOf(key) {
  return isPlain(key, PLAIN_IN_FLOW) ? key : marked(key);
}

/** @param {string} words */
function onOneLine(words) {
  const plain = words.normalize("NFC");
  return isPlain(plain, PLAIN) && !NOT_TEXT.test(plain) ? plain : marked(plain);
}

/** The text inside brackets; empty when it needs more than quotation marks. @param {string} words */
function inFlow(words) {
  const plain = words.normalize("NFC");
  if ([...plain].some((letter) => letter !== " " && /[\p{C}\p{Z}]/u.test(letter))) return "";
  return isPlain(plain, PLAIN_IN_FLOW) && !NOT_TEXT.test(plain) ? plain : marked(plain);
}

/** @param {string} words @param {RegExp} pattern */
function isPlain(words, pattern) {
  return pattern.test(words) && !words.startsWith("...");
}

/** The text in the marks that leave it most as it is. @param {string} words */
function marked(words) {
  if (/[\n\r]/.test(words) || !/["\\]/.test(words)) return escaped(words);
  return `'${words.replaceAll("'", "''")}'`;
}

/** @param {string} words */
function escaped(words) {
  return `"${words.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n").replaceAll("\r", "\\r")}"`;
}
