import type { Env } from "./env.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const toBase64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");
const fromBase64 = (text: string) => new Uint8Array(Buffer.from(text, "base64url"));

/** An HMAC secret as people paste it; its UTF-8 bytes are the key. */
export function newHmacSecret(): string {
  return `whs_${toBase64(crypto.getRandomValues(new Uint8Array(32)))}`;
}

/** One AES-256-GCM key per MSP, derived by HKDF (RFC 5869) from the service's own. */
async function keyFor(env: Pick<Env, "SECRETS_KEY">, mspId: string): Promise<CryptoKey> {
  const master = await crypto.subtle.importKey("raw", fromBase64(env.SECRETS_KEY), "HKDF", false, [
    "deriveKey",
  ]);
  return crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: encoder.encode(mspId), info: encoder.encode("sealed secret v1") },
    master,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}

/** Names the service key a text was sealed with, so that keys can change. */
async function keyId(env: Pick<Env, "SECRETS_KEY">): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", fromBase64(env.SECRETS_KEY));
  return Buffer.from(digest).toString("hex").slice(0, 8);
}

/** `v1.<key id>.<iv>.<ciphertext>`; bound to the MSP, so one tenant's text does not open as another's. */
export async function seal(env: Pick<Env, "SECRETS_KEY">, mspId: string, plaintext: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const key = await keyFor(env, mspId);
  const sealed = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv, additionalData: encoder.encode(mspId) },
    key,
    encoder.encode(plaintext),
  );
  return `v1.${await keyId(env)}.${toBase64(iv)}.${toBase64(new Uint8Array(sealed))}`;
}

/** Throws where the text was sealed for another MSP, with another key, or changed. */
export async function open(env: Pick<Env, "SECRETS_KEY">, mspId: string, sealed: string): Promise<string> {
  const [version, , iv, text] = sealed.split(".");
  if (version !== "v1" || !iv || !text) throw new Error("not a sealed secret");
  const key = await keyFor(env, mspId);
  const plain = await crypto.subtle.decrypt(
    { name: "AES-GCM", iv: fromBase64(iv), additionalData: encoder.encode(mspId) },
    key,
    fromBase64(text),
  );
  return decoder.decode(plain);
}
