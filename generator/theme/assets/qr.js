/**
 * A picture of an address that a phone's camera can read: a QR code (ISO/IEC 18004), model 2, bytes, correction level M.
 * Loaded when somebody prints a page or wants to show a code. Printed sheets have theirs from the build.
 */

/** Longer codes are too fine for the camera of a cheap phone. */
const MOST_VERSION = 22;
/** Codewords of correction in each block, by version from 1 (table 9 of the standard). */
const CORRECTION = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28];
/** Blocks, by version from 1. */
const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17];
const MASK = 3; // of eight that a reader knows; choosing the best one takes longer than it is worth
const QUIET = 4; // modules of white around the code

/** The squares of a code, true where it is dark, row by row; null when the text is too long. @param {string} text @returns {boolean[][] | null} */
function squares(text) {
  const bytes = [...new TextEncoder().encode(text)];
  const version = smallest(bytes.length);
  if (!version) return null;
  const size = 17 + 4 * version;
  const rows = Array.from({ length: size }, () => new Array(size).fill(false));
  const taken = Array.from({ length: size }, () => new Array(size).fill(false));
  const set = (/** @type {number} */ x, /** @type {number} */ y, /** @type {boolean} */ isDark) => {
    rows[y][x] = isDark;
    taken[y][x] = true;
  };
  drawPatterns(set, taken, size, version);
  drawData(rows, taken, corrected(stream(bytes, version), version));
  return rows;
}

/** The code as a drawing, with its white margin; null when the text is too long. @param {string} text @param {string} label */
export function picture(text, label) {
  const rows = squares(text);
  if (!rows) return null;
  const size = rows.length + 2 * QUIET;
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "dp-code");
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  const dark = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x + QUIET} ${y + QUIET}h1v1h-1z`] : [])));
  path.setAttribute("d", dark.join(""));
  svg.append(path);
  return svg;
}

/** Codewords that a version has room for, correction included. @param {number} version */
function room(version) {
  const aligned = version < 2 ? 0 : Math.floor(version / 7) + 2;
  const modules = (16 * version + 128) * version + 64;
  const patterns = aligned ? (25 * aligned - 10) * aligned - 55 : 0;
  return Math.floor((modules - patterns - (version < 7 ? 0 : 36)) / 8);
}

/** Codewords of data in a version. @param {number} version */
function capacity(version) {
  return room(version) - CORRECTION[version - 1] * BLOCKS[version - 1];
}

/** The smallest version that holds so many bytes; 0 when none does. @param {number} length */
function smallest(length) {
  for (let version = 1; version <= MOST_VERSION; version++) {
    if (length + (version < 10 ? 2 : 3) <= capacity(version)) return version; // mode and length take 12 or 20 bits
  }
  return 0;
}

/** The codewords of data: mode, length, the bytes, and padding. @param {number[]} bytes @param {number} version */
function stream(bytes, version) {
  const length = bytes.length.toString(2).padStart(version < 10 ? 8 : 16, "0");
  const bits = `0100${length}${bytes.map((byte) => byte.toString(2).padStart(8, "0")).join("")}0000`;
  const words = (bits.match(/.{1,8}/g) ?? []).map((word) => parseInt(word.padEnd(8, "0"), 2));
  const whole = capacity(version);
  for (let place = 0; words.length < whole; place++) words.push(place % 2 ? 0x11 : 0xec);
  return words.slice(0, whole);
}

/** The codewords in the order in which they are drawn, with correction. @param {number[]} words @param {number} version */
function corrected(words, version) {
  const [count, extra] = [BLOCKS[version - 1], CORRECTION[version - 1]];
  const short = Math.floor(words.length / count);
  const longer = words.length % count; // so many blocks, the last ones, have one word more
  const divisor = generator(extra);
  const blocks = Array.from({ length: count }, (_, place) => {
    const start = place * short + Math.max(0, place - (count - longer));
    return words.slice(start, start + short + (place >= count - longer ? 1 : 0));
  });
  const checks = blocks.map((block) => remainder(block, divisor));
  const turns = (/** @type {number[][]} */ all, /** @type {number} */ most) =>
    Array.from({ length: most }, (_, turn) => all.flatMap((each) => (turn < each.length ? [each[turn]] : []))).flat();
  return [...turns(blocks, short + 1), ...turns(checks, extra)];
}

/** A product in the field of 256 elements with the polynomial 0x11d. @param {number} a @param {number} b */
function times(a, b) {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ ((product >> 7) * 0x11d);
    product ^= ((b >> bit) & 1) * a;
  }
  return product;
}

/** The Reed-Solomon divisor of a degree, highest power first, its leading 1 left out. @param {number} degree */
function generator(degree) {
  const found = new Array(degree).fill(0);
  found[degree - 1] = 1;
  for (let turn = 0, root = 1; turn < degree; turn++, root = times(root, 2)) {
    for (let place = 0; place < degree; place++) {
      found[place] = times(found[place], root) ^ (found[place + 1] ?? 0);
    }
  }
  return found;
}

/** @param {number[]} words @param {number[]} divisor */
function remainder(words, divisor) {
  const left = new Array(divisor.length).fill(0);
  for (const word of words) {
    const factor = word ^ left[0];
    left.copyWithin(0, 1);
    left[left.length - 1] = 0;
    divisor.forEach((each, place) => (left[place] ^= times(each, factor)));
  }
  return left;
}

/**
 * Draws all that is the same in every code of a version, and says which mask it has.
 *
 * @param {(x: number, y: number, isDark: boolean) => void} set @param {boolean[][]} taken @param {number} size @param {number} version
 */
function drawPatterns(set, taken, size, version) {
  for (let place = 0; place < size; place++) {
    set(6, place, place % 2 === 0);
    set(place, 6, place % 2 === 0);
  }
  for (const [x, y] of [[3, 3], [size - 4, 3], [3, size - 4]]) drawFinder(set, size, x, y);
  const marks = alignment(size, version);
  for (const x of marks) {
    for (const y of marks) {
      const isCorner = (x === 6 && (y === 6 || y === size - 7)) || (x === size - 7 && y === 6);
      if (!isCorner) around(2, (dx, dy, ring) => set(x + dx, y + dy, ring !== 1));
    }
  }
  drawFormat(set, size);
  if (version >= 7) drawVersion(set, size, version);
}

/** Calls for every square up to so far from a middle, with the number of its ring. @param {number} far @param {(dx: number, dy: number, ring: number) => void} each */
function around(far, each) {
  for (let dy = -far; dy <= far; dy++) {
    for (let dx = -far; dx <= far; dx++) each(dx, dy, Math.max(Math.abs(dx), Math.abs(dy)));
  }
}

/** @param {(x: number, y: number, isDark: boolean) => void} set @param {number} size @param {number} x @param {number} y */
function drawFinder(set, size, x, y) {
  around(4, (dx, dy, ring) => {
    const isInside = x + dx >= 0 && x + dx < size && y + dy >= 0 && y + dy < size;
    if (isInside) set(x + dx, y + dy, ring !== 2 && ring !== 4);
  });
}

/** Where the middles of the small squares are. @param {number} size @param {number} version */
function alignment(size, version) {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2;
  return [6, ...Array.from({ length: count - 1 }, (_, place) => size - 7 - (count - 2 - place) * step)];
}

/** A number with the remainder of its division behind it. @param {number} value @param {number} degree @param {number} divisor */
function withCheck(value, degree, divisor) {
  let left = value;
  for (let turn = 0; turn < degree; turn++) left = (left << 1) ^ ((left >> (degree - 1)) * divisor);
  return (value << degree) | left;
}

/** @param {(x: number, y: number, isDark: boolean) => void} set @param {number} size */
function drawFormat(set, size) {
  const format = withCheck(MASK, 10, 0x537) ^ 0x5412; // level M is 0
  const bit = (/** @type {number} */ place) => ((format >> place) & 1) === 1;
  for (let place = 0; place < 15; place++) {
    const near = place + (place > 5 ? 1 : 0); // the line of dots is left out
    if (place < 8) set(8, near, bit(place));
    else set(place === 8 ? 7 : 14 - place, 8, bit(place));
    if (place < 8) set(size - 1 - place, 8, bit(place));
    else set(8, size - 15 + place, bit(place));
  }
  set(8, size - 8, true);
}

/** @param {(x: number, y: number, isDark: boolean) => void} set @param {number} size @param {number} version */
function drawVersion(set, size, version) {
  const told = withCheck(version, 12, 0x1f25);
  for (let place = 0; place < 18; place++) {
    const [far, near] = [size - 11 + (place % 3), Math.floor(place / 3)];
    set(far, near, ((told >> place) & 1) === 1);
    set(near, far, ((told >> place) & 1) === 1);
  }
}

/** Two columns at a time from the right, up and down in turn. @param {boolean[][]} rows @param {boolean[][]} taken @param {number[]} words */
function drawData(rows, taken, words) {
  const size = rows.length;
  let place = 0;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step++) {
      const y = ((right + 1) & 2) === 0 ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (taken[y][x]) continue;
        const isDark = ((words[place >> 3] ?? 0) >> (7 - (place & 7))) & 1;
        rows[y][x] = (isDark === 1) !== ((x + y) % 3 === 0);
        place++;
      }
    }
  }
}
