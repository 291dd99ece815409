/**
 * Seals a text with nothing but the browser's own cryptography, so that only the holder of a private key can open it: a
 * compact JWE (RFC 7516) by ECDH-ES on P-256 and A256GCM (RFC 7518). Loaded when somebody saves a sealed file.
 *
 * @typedef {{x: string, y: string, kid: string}} Key the public key: a point of the curve, and its name
 */

const CURVE = { name: "ECDH", namedCurve: "P-256" };
const ENCRYPTION = "A256GCM";
const BITS = 256;
const TAG = 16; // bytes
const encoder = new TextEncoder();

/** The sealed text. @param {string} text @param {Key} key */
export async function sealed(text, { x, y, kid }) {
  const { subtle } = crypto;
  const theirs = await subtle.importKey("jwk", { kty: "EC", crv: CURVE.namedCurve, x, y }, CURVE, false, []);
  const once = await subtle.generateKey(CURVE, false, ["deriveBits"]);
  const own = await subtle.exportKey("jwk", once.publicKey);
  const epk = { kty: own.kty, crv: own.crv, x: own.x, y: own.y };
  const header = base64url(encoder.encode(JSON.stringify({ alg: "ECDH-ES", enc: ENCRYPTION, kid, epk })));
  const secret = await subtle.deriveBits({ name: "ECDH", public: theirs }, once.privateKey, BITS);
  const content = await subtle.importKey("raw", await agreed(secret, ENCRYPTION, BITS), "AES-GCM", false, ["encrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const how = { name: "AES-GCM", iv, additionalData: encoder.encode(header) };
  const made = new Uint8Array(await subtle.encrypt(how, content, encoder.encode(text)));
  return [header, "", base64url(iv), base64url(made.subarray(0, -TAG)), base64url(made.subarray(-TAG))].join(".");
}

/**
 * The key that both sides derive from their secret (RFC 7518, 4.6.2): one round of Concat KDF, which is enough for 256 bits.
 * @param {ArrayBuffer} secret @param {string} algorithm @param {number} bits @param {string} [apu] @param {string} [apv]
 */
export async function agreed(secret, algorithm, bits, apu = "", apv = "") {
  const said = [algorithm, apu, apv].map((words) => encoder.encode(words)).flatMap((bytes) => [number(bytes.length), bytes]);
  const whole = await new Blob([number(1), secret, ...said, number(bits)]).arrayBuffer();
  return (await crypto.subtle.digest("SHA-256", whole)).slice(0, bits / 8);
}

/** A number in four bytes, the largest first. @param {number} value */
function number(value) {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, value);
  return view.buffer;
}

/** @param {Uint8Array} bytes */
function base64url(bytes) {
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
