/** An address or a range of them, as 128 bits: v4 lies at ::ffff:0:0/96, so both kinds compare alike. */
export interface IpRange {
  bits: bigint;
  /** Leading bits that count, 0-128. */
  prefix: number;
}

const V4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;
const MAPPED = 0xffffn << 32n;
const MAPPED_PREFIX = 96;

function parseV4(text: string): bigint | null {
  const found = V4.exec(text);
  if (!found) return null;
  let bits = 0n;
  for (const part of found.slice(1)) {
    // A leading zero means octal to some tools: refuse rather than guess.
    if (part.length > 1 && part.startsWith("0")) return null;
    const octet = Number(part);
    if (octet > 255) return null;
    bits = (bits << 8n) | BigInt(octet);
  }
  return bits;
}

function parseGroups(text: string): number[] | null {
  if (text === "") return [];
  const groups: number[] = [];
  const parts = text.split(":");
  for (const [i, part] of parts.entries()) {
    if (part.includes(".")) {
      const v4 = i === parts.length - 1 ? parseV4(part) : null;
      if (v4 === null) return null;
      groups.push(Number(v4 >> 16n), Number(v4 & 0xffffn));
    } else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(Number.parseInt(part, 16));
    else return null;
  }
  return groups;
}

function parseV6(text: string): bigint | null {
  const halves = text.split("::");
  if (halves.length > 2) return null;
  const head = parseGroups(halves[0] ?? "");
  const tail = halves.length === 2 ? parseGroups(halves[1] ?? "") : [];
  if (!head || !tail) return null;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  // "1.2.3.4::" would put the dotted part in front.
  if (halves.length === 2 && halves[0]?.includes(".")) return null;
  let bits = 0n;
  for (const group of [...head, ...new Array<number>(missing).fill(0), ...tail])
    bits = (bits << 16n) | BigInt(group);
  return bits;
}

/** null for what is not an address. Scoped addresses (fe80::1%eth0) are not. */
export function parseIp(text: string): bigint | null {
  const v4 = parseV4(text);
  if (v4 !== null) return MAPPED | v4;
  return text.includes(":") ? parseV6(text) : null;
}

/** One entry of an allowlist: an address or CIDR, v4 or v6; null if it is neither. */
export function parseCidr(text: string): IpRange | null {
  const trimmed = text.trim();
  const slash = trimmed.indexOf("/");
  const address = slash < 0 ? trimmed : trimmed.slice(0, slash);
  const bits = parseIp(address);
  if (bits === null) return null;
  if (slash < 0) return { bits, prefix: 128 };
  const length = trimmed.slice(slash + 1);
  if (!/^\d{1,3}$/.test(length) || (length.length > 1 && length.startsWith("0"))) return null;
  const v4 = !address.includes(":");
  const prefix = Number(length) + (v4 ? MAPPED_PREFIX : 0);
  return prefix > 128 ? null : { bits, prefix };
}

/** Whether `ip` lies in one of `entries`. What cannot be parsed matches nothing. */
export function ipInList(ip: string, entries: readonly string[]): boolean {
  const bits = parseIp(ip.trim());
  if (bits === null) return false;
  return entries.some((entry) => {
    const range = parseCidr(entry);
    if (!range) return false;
    const shift = BigInt(128 - range.prefix);
    return bits >> shift === range.bits >> shift;
  });
}
