import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** The strong entity tag (RFC 9110, 8.8.3) of a value, its quotes included; keys in another order are another value. */
export function etagOf(value: unknown): string {
  return `"${bytesToHex(sha256(utf8ToBytes(JSON.stringify(value)))).slice(0, 16)}"`;
}

/** Whether a change that was made upon `If-Match` may go through; no header asks for nothing. */
export function ifMatch(header: string | null, current: string): boolean {
  if (header === null || header.trim() === "*") return true;
  return header.split(",").some((tag) => tag.trim() === current);
}
