import { ipInList, parseIp } from "./ip.ts";

/** IANA's special-purpose registries: networks of one's own, links, tests, and what may come. */
const NOT_PUBLIC = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
  "2001::/23",
  "2001:db8::/32",
  // 6to4: an IPv4 address, perhaps a private one, lies inside.
  "2002::/16",
  "3fff::/20",
];
/** IPv6's public part, and IPv4 as it lies in IPv6. All else is local, mapped or not assigned. */
const PUBLIC = ["2000::/3", "::ffff:0:0/96"];

/** Names that only a network of one's own resolves (RFC 6761, 6762, 8375), and clouds' metadata services. */
const LOCAL_NAMES =
  /(^|\.)(localhost|local|localdomain|internal|intranet|private|corp|home|lan|home\.arpa|test|invalid|example|onion)$/;
const MAX_LENGTH = 2000;

/** Whether an address, v4 or v6, is one of the public internet. */
export function isPublicAddress(ip: string): boolean {
  return parseIp(ip) !== null && ipInList(ip, PUBLIC) && !ipInList(ip, NOT_PUBLIC);
}

/**
 * Why the service must not send requests to this address, as the end of "The address ...", or null where it
 * may. It knows no DNS: whoever can should hold what a name resolves to against isPublicAddress as well, and
 * must follow no redirect without asking again.
 */
export function outboundUrlProblem(text: string): string | null {
  if (text.length > MAX_LENGTH) return `is longer than ${MAX_LENGTH} characters`;
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return "is no URL";
  }
  if (url.protocol !== "https:") return "must begin with https://";
  if (url.username || url.password) return "must not hold a user name or password";
  if (url.port !== "") return "must use the normal port, 443";
  // The parser has brought decimal, octal and hexadecimal addresses into their usual form.
  const host = url.hostname.replace(/\.$/, "");
  const address = host.startsWith("[") ? host.slice(1, -1) : host;
  if (parseIp(address) !== null) return isPublicAddress(address) ? null : "is not on the public internet";
  if (!host.includes(".") || LOCAL_NAMES.test(host)) return "is not on the public internet";
  return null;
}
