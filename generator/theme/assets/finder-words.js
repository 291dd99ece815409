/**
 * How words are compared: evened out, without affixes, in groups that mean the same, and what a misspelled one may have
 * meant. `generator/words/lexicon.py` does the same for the words of pages; both go by the tables of `search.json`.
 *
 * @typedef {{accented: string, letters: Record<string, string>, zeros: string, least: number, prefixes: string[],
 *   suffixes: string[], same: string[][], ignored: string[], suggestions: string}} Tables
 * @typedef {{plain: string, words: string[], same: string[]}} Unit what has to be found, evened out: in one of its
 *   spellings, or in other words
 */

const VOWELS = "አኡኢኣኤእኦ";
const FIRST_SYLLABLE = 0x1200;
const LAST_SYLLABLE = 0x135f;
const VOWELLESS = 5;
const HAN = /\p{Script=Han}+/u;

/** What evens out a text: case, accents, spellings that sound alike, spacing. @param {Tables} tables */
export function folding({ accented, letters, zeros }) {
  const table = new Map(Object.entries(letters));
  for (const zero of zeros) {
    const code = zero.codePointAt(0) ?? 0;
    for (let digit = 0; digit < 10; digit++) table.set(String.fromCodePoint(code + digit), String(digit));
  }
  const accents = new RegExp(`([${accented}])[\\u0300-\\u036f]+`, "g");
  return (/** @type {string} */ text) => {
    const plain = [...text.normalize("NFKD").toLowerCase().normalize("NFKD")].map((letter) => table.get(letter) ?? letter);
    const even = plain.join("").replace(accents, "$1").normalize("NFC");
    return even.split(/[\s\x1c-\x1f\x85]+/).filter(Boolean).join(" ");
  };
}

/** The words of a text that is evened out already, without punctuation. @param {string} text */
export function words(text) {
  return (text.match(/[\p{L}\p{N}]+(?:'[\p{L}\p{N}]+)*/gu) ?? []).map((word) => word.replaceAll("'", ""));
}

/** A word without its prefix, without its suffix, and without either. @param {string} word @param {Tables} tables */
export function stems(word, { least, prefixes, suffixes }) {
  const prefix = prefixes.find((prefix) => word.startsWith(prefix) && word.length - prefix.length >= least);
  const bare = prefix ? [word.slice(prefix.length)] : [];
  const shorter = [word, ...bare].map((each) => suffixes.map((suffix) => cut(each, suffix)).find((left) => left.length >= least));
  return [...new Set([...bare, ...shorter])].filter((stem) => stem !== undefined);
}

/** The word without a suffix; one that begins with an Ethiopic vowel changes the syllable before it. @param {string} word @param {string} suffix */
function cut(word, suffix) {
  const vowel = VOWELS.indexOf(suffix[0]);
  if (vowel < 0) return word.endsWith(suffix) ? word.slice(0, -suffix.length) : "";
  const place = word.length - suffix.length;
  const code = word.charCodeAt(place);
  const isChanged = place >= 0 && word.endsWith(suffix.slice(1)) && code >= FIRST_SYLLABLE && code <= LAST_SYLLABLE;
  if (!isChanged || code % 8 !== vowel) return "";
  return word.slice(0, place) + String.fromCharCode(code - vowel + VOWELLESS);
}

/** Chinese as pairs of neighbouring characters, for it has no spaces between words. @param {string} text */
function pairs(text) {
  return text.replace(new RegExp(HAN, "gu"), (run) => {
    const signs = [...run];
    return ` ${signs.length < 2 ? run : signs.slice(1).map((sign, place) => signs[place] + sign).join(" ")} `;
  });
}

/** @param {string} text */
const parts = (text) => pairs(text).split(" ").filter(Boolean);

/** A text without some of its phrases; Chinese ones may stand anywhere. @param {string} text between spaces @param {string} phrase @param {string} put */
function replaced(text, phrase, put) {
  if (HAN.test(phrase)) return text.replaceAll(phrase, ` ${put} `);
  return text.replaceAll(` ${phrase} `, ` ${put} `).replaceAll(` ${phrase} `, ` ${put} `);
}

/**
 * What a query asks for, word by word.
 *
 * @param {string} query @param {(text: string) => string} fold @param {Tables} tables @returns {Unit[]}
 */
export function units(query, fold, tables) {
  const typed = words(query.normalize("NFC").toLowerCase().replace(/[’‘ʼʻ`´]/g, "'"));
  const accented = new Map(typed.map((word) => [words(fold(word)).join(""), word]));
  const whole = ` ${words(fold(query)).join(" ")} `;
  let text = tables.ignored.reduce((rest, phrase) => replaced(rest, phrase, ""), whole);
  if (!text.trim()) text = whole;
  const groups = tables.same.map((group) => ({ group, longest: Math.max(...group.map((phrase) => phrase.length)) }));
  /** @type {Unit[]} */
  const found = [];
  for (const { group } of groups.sort((a, b) => b.longest - a.longest)) {
    for (const phrase of group) {
      const rest = replaced(text, phrase, "");
      if (rest === text) continue;
      text = rest;
      found.push({ plain: phrase, words: [parts(phrase).join(" ")], same: group.filter((other) => other !== phrase).map((other) => parts(other).join(" ")) });
      break;
    }
  }
  const rest = parts(text);
  // A single Chinese character that is left beside others says little, and no page has it by itself.
  for (const word of rest.filter((word) => found.length + rest.length < 2 || !/^\p{Script=Han}$/u.test(word))) {
    const shorter = stems(word, tables);
    const group = shorter.length ? tables.same.find((group) => group.some((other) => shorter.includes(other))) : undefined;
    found.push({ plain: word, words: [...new Set([accented.get(word) ?? word, word, ...shorter])], same: group ?? [] });
  }
  return found;
}

/** How many letters have to be changed, put in, left out or swapped with the next. @param {string[]} a @param {string[]} b */
export function distance(a, b) {
  /** @type {number[][]} */
  const rows = [Array.from({ length: b.length + 1 }, (_, place) => place)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + Number(a[i - 1] !== b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], rows[i - 2][j - 2] + 1);
    }
    rows.push(row);
  }
  return rows[a.length][b.length];
}

/** How far a word may be from the one that was meant. @param {string} word */
function reach(word) {
  const { length } = [...word];
  if (/\p{Script=Han}/u.test(word)) return length > 1 ? 1 : 0;
  return length < 3 ? 0 : length < 5 ? 1 : 2;
}

/** The known words nearest to one, best first. @param {string} word @param {[string, string][]} known pairs of (evened out, as shown) */
function nearest(word, known) {
  const most = reach(word);
  const letters = [...word];
  return known
    .filter(([plain]) => plain.length > 1 && Math.abs(plain.length - word.length) <= most)
    .map(([plain, shown], place) => ({ shown, far: distance(letters, [...plain]), first: Number(plain[0] !== word[0]), place }))
    .filter(({ far }) => far > 0 && far <= most)
    .sort((a, b) => a.far - b.far || a.first - b.first || a.place - b.place)
    .map(({ shown }) => shown);
}

/**
 * What a query that finds nothing may have meant, likeliest first.
 *
 * @param {string} query @param {Set<string>} unknown words of it that stand nowhere, evened out
 * @param {string[]} known words and phrases @param {(text: string) => string} fold
 */
export function meant(query, unknown, known, fold) {
  const plain = known.map((shown) => /** @type {[string, string]} */ ([words(fold(shown)).join(" "), shown]));
  const whole = words(fold(query)).join(" ");
  const phrases = nearest(whole, plain);
  const typed = words(query.normalize("NFC").toLowerCase().replace(/[’‘ʼʻ`´]/g, "'"));
  const choices = typed.map((word) => {
    const folded = words(fold(word)).join("");
    return unknown.has(folded) ? [...nearest(folded, plain).slice(0, 3), word] : [word];
  });
  const best = choices.map(([first]) => first).join(" ");
  const others = choices.flatMap((each, at) =>
    each.slice(1, -1).map((word) => choices.map(([first], place) => (place === at ? word : first)).join(" ")),
  );
  const repaired = [best, ...others].filter((text) => words(fold(text)).join(" ") !== whole);
  return [...new Set([...phrases, ...repaired])];
}
