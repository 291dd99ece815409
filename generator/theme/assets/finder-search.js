/**
 * Text search for the finder: Pagefind's index of the pages of one language, asked in the spelling in which their own
 * search words are written. Loaded when a person goes to the search box. The question leaves the phone for nowhere but
 * this site.
 */

/** @typedef {{search: (text: string) => Promise<{results: {id: string}[]}>, init: () => Promise<void>}} Pagefind */

/** The index and the addresses of programs by Pagefind's ids; asked for once. @type {Promise<[Pagefind, Record<string, string>]> | null} */
let index = null;

/**
 * Load the index, once.
 *
 * @param {string} folder address of the files of the page's language, with a slash at the end
 */
export function load(folder) {
  index ??= open(folder).catch((error) => {
    index = null; // so that the next question tries again
    throw error;
  });
  return index;
}

/** @param {string} folder @returns {Promise<[Pagefind, Record<string, string>]>} */
async function open(folder) {
  const [pagefind, answer] = await Promise.all([import(`${folder}pagefind.js`), fetch(`${folder}programs.json`)]);
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
  await pagefind.init();
  return [pagefind, await answer.json()];
}

/**
 * Addresses of the programs that fit the words, best first.
 *
 * @param {string} folder
 * @param {string} query never empty: an empty one would make Pagefind load everything
 */
export async function find(folder, query) {
  const [pagefind, routes] = await load(folder);
  const spellings = new Set([query, pairs(fold(query))]);
  const answers = await Promise.all([...spellings].map((spelling) => pagefind.search(spelling)));
  const ids = answers.flatMap((answer) => answer.results.map(({ id }) => id));
  return [...new Set(ids.map((id) => routes[id]).filter(Boolean))];
}

/**
 * The text as search compares it, as `generator/text.py` has it for the scripts that Pagefind does not even out.
 *
 * @param {string} text
 */
export function fold(text) {
  return text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[\u0300-\u036f\u064b-\u065f\u0670\u0640]/g, "")
    .replace(/\u0671/g, "ا")
    .replace(/[ىی]/g, "ي")
    .replace(/[ةہ]/g, "ه")
    .replace(/ک/g, "ك")
    .replace(/[ሐ-ሖኀ-ኆኸ-ኾሠ-ሦዐ-ዖፀ-ፆ]/g, usualSyllable)
    .replace(/ሃ/g, "ሀ")
    .replace(/ኣ/g, "አ")
    .replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 15))
    .normalize("NFC");
}

/** The commonest of the Ethiopic syllables that sound alike. @param {string} syllable */
function usualSyllable(syllable) {
  const code = syllable.charCodeAt(0);
  const [first, usual] =
    [..."ሐሀኀሀኸሀሠሰዐአፀጸ".matchAll(/../g)]
      .map(([pair]) => [pair.charCodeAt(0), pair.charCodeAt(1)])
      .find(([variant]) => code >= variant && code < variant + 7) ?? [0, 0];
  return String.fromCharCode(code - first + usual);
}

/** Chinese in pairs of neighbouring characters, for it has no spaces between words. @param {string} text */
export function pairs(text) {
  return text.replace(/\p{Script=Han}{3,}/gu, (run) => {
    const signs = [...run];
    return signs.slice(1).map((sign, place) => signs[place] + sign).join(" ");
  });
}
