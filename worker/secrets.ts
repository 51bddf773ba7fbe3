import type { Env } from "./env.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const toBase64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");
const fromBase64 = (text: string) => new Uint8Array(Buffer.from(text, "base64url"));

/** An HMAC secret as people paste it; its UTF-8 bytes are the key. */
export function newHmacSecret(): string {
  return `whs_${toBase64(crypto.getRandomValues(new Uint8Array(32)))}`;
}

/** Unique to a company, within what STS takes as an ExternalId (2 to 1224 of `[\w+=,.@:/-]`). */
export function newExternalId(): string {
  return `ext-${toBase64(crypto.getRandomValues(new Uint8Array(24)))}`;
}

/** The service's key, and where it was changed those before it, comma-separated. Each 32 bytes in base64. */
export type SecretKeys = Pick<Env, "SECRETS_KEY" | "SECRETS_KEY_PREVIOUS">;

/** One AES-256-GCM key per MSP, derived by HKDF (RFC 5869) from the service's own. */
async function keyFor(serviceKey: string, mspId: string): Promise<CryptoKey> {
  const master = await crypto.subtle.importKey("raw", fromBase64(serviceKey), "HKDF", false, ["deriveKey"]);
  return crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: encoder.encode(mspId), info: encoder.encode("sealed secret v1") },
    master,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}

/** Names the service key a text was sealed with, so that keys can change. */
async function keyId(serviceKey: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", fromBase64(serviceKey));
  return Buffer.from(digest).toString("hex").slice(0, 8);
}

/** How everything begins that is sealed with the service's present key. */
export async function sealedPrefix(keys: SecretKeys): Promise<string> {
  return `v1.${await keyId(keys.SECRETS_KEY)}.`;
}

function allKeys(keys: SecretKeys): string[] {
  const previous = keys.SECRETS_KEY_PREVIOUS?.split(",") ?? [];
  return [keys.SECRETS_KEY, ...previous.map((key) => key.trim()).filter(Boolean)];
}

/** The names of all keys that are there, the present one first. */
export function keyIds(keys: SecretKeys): Promise<string[]> {
  return Promise.all(allKeys(keys).map(keyId));
}

async function serviceKey(keys: SecretKeys, id: string | undefined): Promise<string> {
  for (const key of allKeys(keys)) if ((await keyId(key)) === id) return key;
  throw new Error("sealed with a key that is not here");
}

/** `v1.<key id>.<iv>.<ciphertext>`; bound to the MSP, so one tenant's text does not open as another's. */
export async function seal(keys: SecretKeys, mspId: string, plaintext: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const key = await keyFor(keys.SECRETS_KEY, mspId);
  const sealed = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv, additionalData: encoder.encode(mspId) },
    key,
    encoder.encode(plaintext),
  );
  return `${await sealedPrefix(keys)}${toBase64(iv)}.${toBase64(new Uint8Array(sealed))}`;
}

/** Throws where the text was sealed for another MSP, with a key that is gone, or changed. */
export async function open(keys: SecretKeys, mspId: string, sealed: string): Promise<string> {
  const [version, id, iv, text] = sealed.split(".");
  if (version !== "v1" || !iv || !text) throw new Error("not a sealed secret");
  const key = await keyFor(await serviceKey(keys, id), mspId);
  const plain = await crypto.subtle.decrypt(
    { name: "AES-GCM", iv: fromBase64(iv), additionalData: encoder.encode(mspId) },
    key,
    fromBase64(text),
  );
  return decoder.decode(plain);
}

/** The same plaintext under the present key; the text itself where it is that already. */
export async function reseal(keys: SecretKeys, mspId: string, sealed: string): Promise<string> {
  if (sealed.startsWith(await sealedPrefix(keys))) return sealed;
  return seal(keys, mspId, await open(keys, mspId, sealed));
}
