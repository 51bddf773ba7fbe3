import { Buffer } from "node:buffer";
import { randomBytes, scryptSync, timingSafeEqual } from "node:crypto";

/** 16 MiB and about 0.1 s: what a 128 MB isolate can afford. */
const COST = { N: 2 ** 14, r: 8, p: 5 };
const KEY_BYTES = 32;
const SALT_BYTES = 16;

// Synchronous on purpose: an isolate then derives one key at a time, so memory stays bounded, and no
// queue can be left hanging by a client that went away.
function derive(password: string, salt: Uint8Array, cost = COST): Buffer {
  return scryptSync(password.normalize("NFKC"), salt, KEY_BYTES, cost);
}

/** `scrypt$N$r$p$salt$key`, the last two in base64. */
export function hashPassword(password: string): string {
  const salt = randomBytes(SALT_BYTES);
  const key = derive(password, salt);
  return ["scrypt", COST.N, COST.r, COST.p, salt.toString("base64"), key.toString("base64")].join("$");
}

/** Takes its full time whatever the answer is: an account without a password is as slow as one with it. */
export function verifyPassword(password: string, stored: string): boolean {
  const [kind, N, r, p, salt, key] = stored.split("$");
  if (kind !== "scrypt" || !salt || !key) return verifyNothing(password);
  const expected = Buffer.from(key, "base64");
  const actual = derive(password, Buffer.from(salt, "base64"), { N: Number(N), r: Number(r), p: Number(p) });
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

/** Costs what a real check costs, so that timing does not tell whether an account exists. */
export function verifyNothing(password: string): false {
  derive(password, new Uint8Array(SALT_BYTES));
  return false;
}
