/**
 * What only the form for nominations does: it offers the partners' names, tells by the name which one is meant, and saves
 * what was written as a file that is sealed to the district's key.
 */

import { word } from "./form.js";
import { byEmail, day, download, slugOf } from "./suggest-ways.js";

const whom = /** @type {HTMLInputElement} */ (document.querySelector("[list]"));
const names = /** @type {HTMLDataListElement} */ (whom.list);

/**
 * Fills in the partner that somebody comes from, and gets the names when they are too many for the page.
 * @param {string} slug @param {URL} root @param {(address: URL) => Promise<any>} jsonAt
 */
export async function begin(slug, root, jsonAt) {
  const known = slug ? await jsonAt(new URL(`records/${slug}.json`, root)).catch(() => null) : null;
  if (known) {
    whom.value = known.name;
    names.append(named(slug, known.name));
  }
  const { file } = names.dataset;
  const load = async () => names.append(...Object.entries((await jsonAt(new URL(file ?? "", root)).catch(() => null)) ?? {}).map(([slug, name]) => named(slug, name)));
  if (file) whom.addEventListener("focus", load, { once: true });
}

/** @param {string} slug @param {string} name */
function named(slug, name) {
  const option = new Option("", name);
  option.dataset.slug = slug;
  return option;
}

/** The answers, with the partner's short name where the name belongs to one partner. @param {Record<string, any>} data */
export function withPartner(data) {
  const same = (/** @type {string} */ one) => one.toLowerCase() === data.organization?.toLowerCase();
  const slugs = new Set([...names.options].filter(({ value }) => same(value)).map(({ value, dataset }) => dataset.slug ?? slugOf(value)));
  return slugs.size === 1 ? { ...data, listed_as: [...slugs][0] } : data;
}

/**
 * A way to save a sealed file, and to write the e-mail that it is attached to; null where there is no key or no cryptography.
 * @param {DOMStringMap} given what the form says: key and e-mail address @param {string} text @param {string} subject
 */
export function sealing({ key, email }, text, subject) {
  if (!key || !globalThis.crypto?.subtle) return null;
  const [x, y, kid] = key.split(" ");
  const name = `nomination-${day(new Date())}.jwe`;
  const way = document.createElement("li");
  const button = Object.assign(document.createElement("button"), { type: "button", className: "dp-button", textContent: word("seal") });
  const told = Object.assign(document.createElement("p"), { className: "dp-small", role: "status", textContent: word("sealed") });
  const words = word("attached", { name });
  const { address } = byEmail({ to: email ?? "", subject, words, file: { name, text: "" }, attached: "" });
  const mail = Object.assign(document.createElement("a"), { className: "dp-button dp-button--plain", hidden: true, textContent: word("seal-mail"), href: address });
  button.addEventListener("click", async () => {
    try {
      const { sealed } = await import("./suggest-seal.js");
      download("", { name, text: await sealed(text, { x, y, kid }) }, "application/jose").click();
      told.textContent = word("saved", { name: `\u2068${name}\u2069` });
      mail.hidden = !email;
    } catch (error) {
      told.textContent = word("unsealed");
      console.error(error);
    }
  });
  way.append(button, told, mail);
  return way;
}
