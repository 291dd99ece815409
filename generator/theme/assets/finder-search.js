/**
 * Text search for the finder, as a worker: Pagefind's index of the programs of one language, asked in the spelling in
 * which their own search words are written. Started when a person goes to the search box. The question leaves the phone
 * for nowhere but this site.
 *
 * @typedef {import("./finder-words.js").Tables} Tables
 * @typedef {import("./finder-words.js").Unit} Unit
 * @typedef {{id: string, score: number, words: number[]}} Result
 * @typedef {{search: (text: string) => Promise<{results: Result[]}>, init: () => Promise<void>,
 *   options: (options: object) => Promise<void>, createInstance: (options: object) => Pagefind}} Pagefind
 * @typedef {{points: number, share: number}} Hit how well a program has a word, and how much of it
 * @typedef {Map<string, Hit>} Hits by address of a program
 * @typedef {{pagefind: Pagefind, tables: Tables, fold: (text: string) => string, programs: Record<string, string>,
 *   words: string, known: Map<string, Promise<Hits>>, speech: typeof import("./finder-words.js")}} Index
 */

const RANKING = { metaWeights: { title: 5, kw: 2 } };
const SHORTER = 0.3; // what a word that only begins so is worth
const OTHER = 0.7; // what a word is worth that only means the same
const STRANGE = "\ua7c8"; // a letter that follows on no word
const TRIED = 4; // suggestions that are looked at before one is made
const FEW = 5; // with fewer programs, those that have most of the words are shown below
const MOST = 0.5; // the part of the words, rare ones counting for more, that is most of them

/** The indexes by language, each asked for once. @type {Map<string, Promise<Index>>} */
const indexes = new Map();

/**
 * Load the index of a language, once.
 *
 * @param {string} root address of the site, with a slash at the end
 * @param {string} language
 */
export function load(root, language) {
  const known = indexes.get(language) ?? open(root, language);
  indexes.set(language, known);
  known.catch(() => indexes.delete(language)); // so that the next question tries again
  return known;
}

/** @param {string} root @param {string} language @returns {Promise<Index>} */
async function open(root, language) {
  const folder = `${root}${language}/pagefind/`;
  const [module, speech, tables, { programs, words }] = await Promise.all([
    import(`${folder}pagefind.js`), // each has its own: a second language would be asked with the endings of the first
    import("./finder-words.js"),
    fetched(`${root}${language}/search.json`),
    fetched(`${folder}programs.json`),
  ]);
  const pagefind = module.createInstance({ basePath: folder, ranking: RANKING });
  await pagefind.init();
  return { pagefind, tables, fold: speech.folding(tables), programs, words, known: new Map(), speech };
}

/** @param {string} address */
async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

/**
 * The programs in which all words of a query stand, best first; and if there is none, those in which most of them do.
 *
 * @param {string} root @param {string} language
 * @param {string} query never empty: an empty one would make Pagefind load everything
 * @param {{isWhole?: boolean}} [how] whether words that only begin so are left out
 */
export async function find(root, language, query, { isWhole = false } = {}) {
  const index = await load(root, language);
  const asked = index.speech.units(query, index.fold, index.tables);
  const answers = await Promise.all(asked.map((unit) => findUnit(index, unit, isWhole)));
  const unknown = new Set(asked.filter((_, place) => !answers[place].size).map(({ plain }) => plain));
  const all = answers.length ? [...answers[0].keys()].filter((route) => answers.every((hits) => hits.has(route))) : [];
  return { all: ranked(all, answers), some: all.length < FEW ? nearly(index, all, answers) : [], unknown };
}

/** @param {string[]} routes @param {Hits[]} answers */
function ranked(routes, answers) {
  const points = new Map(routes.map((route) => [route, answers.reduce((sum, hits) => sum + (hits.get(route)?.points ?? 0), 0)]));
  return routes.sort((a, b) => (points.get(b) ?? 0) - (points.get(a) ?? 0));
}

/** The programs that have most of the words but not all, those with the most first. @param {Index} index @param {string[]} all @param {Hits[]} answers */
function nearly({ programs }, all, answers) {
  const count = Object.keys(programs).length;
  const weights = answers.map(({ size }) => (size ? Math.log(1 + count / size) : 0));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const routes = new Set(answers.flatMap((hits) => [...hits.keys()]));
  for (const route of all) routes.delete(route);
  const share = (/** @type {string} */ route) => answers.reduce((sum, hits, place) => sum + (hits.get(route)?.share ?? 0) * weights[place], 0);
  const shares = new Map([...routes].map((route) => [route, share(route)]));
  const least = all.length ? MOST * whole : Math.min(MOST * whole, Math.max(...shares.values()));
  const near = ranked([...routes].filter((route) => (shares.get(route) ?? 0) >= least), answers);
  return near.sort((a, b) => (shares.get(b) ?? 0) - (shares.get(a) ?? 0)).slice(0, FEW);
}

/** @param {Index} index @param {Unit} unit @param {boolean} isWhole @returns {Promise<Hits>} */
async function findUnit(index, { words: spellings, same }, isWhole) {
  /** @type {Hits} */
  const best = new Map();
  const asked = [...spellings.map((text) => ({ text, worth: 1 })), ...same.map((text) => ({ text, worth: OTHER }))];
  const answers = await Promise.all(asked.map(({ text }) => findPhrase(index, text, isWhole)));
  answers.forEach((hits, place) => {
    for (const [route, hit] of hits) {
      const { points = 0, share = 0 } = best.get(route) ?? {};
      best.set(route, { points: Math.max(points, hit.points * asked[place].worth), share: Math.max(share, hit.share) });
    }
  });
  return best;
}

/** @param {Index} index @param {string} phrase @param {boolean} isWhole @returns {Promise<Hits>} */
async function findPhrase(index, phrase, isWhole) {
  const answers = await Promise.all(phrase.split(" ").map((word) => findWord(index, word, isWhole)));
  const routes = [...answers[0].keys()].filter((route) => answers.every((hits) => hits.has(route)));
  const hitsOf = (/** @type {string} */ route) => answers.flatMap((hits) => hits.get(route) ?? []);
  const joined = (/** @type {Hit[]} */ hits) => ({
    points: hits.reduce((sum, { points }) => sum + points, 0),
    share: Math.min(...hits.map(({ share }) => share)),
  });
  return new Map(routes.map((route) => [route, joined(hitsOf(route))]));
}

/** The programs with a word; with a very short one only as a whole. @param {Index} index @param {string} word @param {boolean} isWhole */
function findWord(index, word, isWhole) {
  const isAlone = isWhole || /^[a-z]{1,2}$/.test(word);
  const key = `${word} ${isAlone}`;
  const known = index.known.get(key) ?? askFor(index, word, isAlone);
  index.known.set(key, known);
  return known;
}

/**
 * The programs with the word or, unless it is to stand alone, with one that it begins. Where there is none, Pagefind gives
 * those with the longest word that begins the one asked for (“comm” for “commida”): then it finds the same when a strange
 * letter follows.
 *
 * @param {Index} index @param {string} word @param {boolean} isAlone @returns {Promise<Hits>}
 */
async function askFor({ pagefind, programs, tables }, word, isAlone) {
  const [{ results }, exact] = await Promise.all([pagefind.search(word), pagefind.search(`"${word}"`)]);
  const same = new Set(exact.results.map(({ id }) => id));
  if (!same.size && results.length && !isAlone) {
    const beyond = await pagefind.search(word + STRANGE);
    if (marks(beyond.results) === marks(results)) return new Map();
  }
  const isEnough = isAlone || (same.size > 0 && !tables.suffixes.length); // the index knows the endings, or there are none
  const fitting = results.filter(({ id }) => programs[id] && (!isEnough || same.has(id)));
  const hit = (/** @type {Result} */ { id, score }) => ({
    points: !same.size || same.has(id) ? score : score * SHORTER,
    share: same.has(id) ? 1 : SHORTER,
  });
  return new Map(fitting.map((result) => [programs[result.id], hit(result)]));
}

/** @param {Result[]} results */
function marks(results) {
  return results.map(({ id, words }) => `${id} ${words}`).sort().join("\n");
}

/**
 * What a query that finds nothing may have meant; "" when nothing is near that would be found.
 *
 * @param {string} root @param {string} language @param {string} query @param {Set<string>} unknown
 */
export async function suggest(root, language, query, unknown) {
  const index = await load(root, language);
  const known = `${index.tables.suggestions},${index.words}`.split(",");
  for (const text of index.speech.meant(query, unknown, known, index.fold).slice(0, TRIED)) {
    if ((await find(root, language, text)).all.length) return text;
  }
  return "";
}

/** What a page may ask for. @type {Record<string, (...given: any[]) => Promise<unknown>>} */
const tasks = { load: async (root, language) => void (await load(root, language)), find, suggest };

self.addEventListener("message", async ({ data: { number, task, given } }) => {
  try {
    self.postMessage({ number, answer: await tasks[task](...given) });
  } catch (error) {
    self.postMessage({ number, error: String(error) });
  }
});
