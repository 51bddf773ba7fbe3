/**
 * 64 bits of a body and its length, as text, to tell a repeated delivery from a re-used id. Two FNV-1a passes
 * (http://www.isthe.com/chongo/tech/comp/fnv/) with different multipliers; it guards no secret: whoever
 * sends the bytes is authenticated already, and could only fool themselves.
 */
export function fingerprint(bytes: Uint8Array): string {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    a = Math.imul(a ^ byte, 0x01000193);
    b = Math.imul(b ^ byte, 0x5bd1e995) ^ (b >>> 15);
  }
  return `${(a >>> 0).toString(36)}${(b >>> 0).toString(36)}${bytes.length.toString(36)}`;
}
