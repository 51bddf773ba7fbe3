import type { Category } from "./alert.ts";

/**
 * One vocabulary for what is wrong, so that two tools on one problem meet. Each entry: the canonical
 * name, its category, a title for people, and word sets; a set matches when all its words occur. Words
 * are those of the tool's own name for the check, split at case changes and punctuation. First match
 * wins, so the specific stand before the general.
 */
interface Entry {
  name: string;
  category: Category;
  title: string;
  words: string[][];
}

const VOCABULARY: Entry[] = [
  {
    name: "certificate_expiring",
    category: "Security",
    title: "Certificate expiring",
    words: [["certificate"], ["cert"], ["ssl", "expir"], ["tls", "expir"]],
  },
  {
    name: "disk_full",
    category: "Storage",
    title: "Disk almost full",
    words: [
      ["disk", "full"],
      ["disk", "space"],
      ["disk", "usage"],
      ["disk", "almost"],
      ["low", "disk"],
      ["filesystem", "full"],
      ["filesystem", "space"],
      ["filesystem", "filling"],
      ["volume", "full"],
      ["storage", "full"],
      ["out", "of", "disk"],
      ["space", "free"],
      ["disk", "util"],
      ["festplatte", "voll"],
      ["disk", "high"],
    ],
  },
  {
    name: "disk_io_high",
    category: "Storage",
    title: "High disk I/O",
    words: [["disk", "io"], ["disk", "latency"], ["iowait"], ["io", "wait"]],
  },
  {
    name: "disk_failure",
    category: "Storage",
    title: "Disk failure",
    words: [["raid"], ["smart", "fail"], ["disk", "fail"], ["disk", "degraded"]],
  },
  {
    name: "high_memory_usage",
    category: "Server",
    title: "High memory usage",
    words: [
      ["memory", "high"],
      ["memory", "usage"],
      ["memory", "low"],
      ["memory", "pressure"],
      ["mem", "high"],
      ["mem", "usage"],
      ["mem", "util"],
      ["memory", "util"],
      ["out", "of", "memory"],
      ["oom"],
      ["low", "memory"],
      ["swap"],
    ],
  },
  {
    name: "high_load",
    category: "Server",
    title: "High load",
    words: [["load", "average"], ["system", "load"], ["loadavg"]],
  },
  {
    name: "high_cpu_usage",
    category: "Server",
    title: "High CPU usage",
    words: [
      ["cpu", "high"],
      ["cpu", "usage"],
      ["cpu", "util"],
      ["cpu", "load"],
      ["cpu", "saturat"],
      ["processor", "load"],
      ["processor", "usage"],
      ["cpu"],
    ],
  },
  // After the processor's: "high CPU load" is that.
  { name: "high_load", category: "Server", title: "High load", words: [["high", "load"]] },
  {
    name: "replication_lag",
    category: "Database",
    title: "Replication lag",
    words: [["replication"], ["replica", "lag"], ["slave", "lag"]],
  },
  {
    name: "database_connections_high",
    category: "Database",
    title: "Too many database connections",
    words: [
      ["database", "connections"],
      ["db", "connections"],
      ["postgres", "connections"],
      ["mysql", "connections"],
      ["connection", "pool"],
    ],
  },
  {
    name: "database_down",
    category: "Database",
    title: "Database down",
    words: [
      ["database", "down"],
      ["db", "down"],
      ["mysql", "down"],
      ["postgres", "down"],
      ["postgresql", "down"],
      ["mssql", "down"],
      ["redis", "down"],
      ["mongo", "down"],
      ["mongodb", "down"],
    ],
  },
  {
    name: "slow_queries",
    category: "Database",
    title: "Slow database queries",
    words: [["slow", "quer"], ["query", "slow"], ["deadlock"]],
  },
  { name: "backup_failed", category: "Storage", title: "Backup failed", words: [["backup"]] },
  { name: "dns_failure", category: "Network", title: "DNS failure", words: [["dns"]] },
  {
    name: "packet_loss",
    category: "Network",
    title: "Packet loss",
    words: [
      ["packet", "loss"],
      ["packets", "dropped"],
    ],
  },
  {
    name: "interface_down",
    category: "Network",
    title: "Network interface down",
    words: [
      ["interface", "down"],
      ["link", "down"],
      ["port", "down"],
      ["bgp"],
      ["vpn", "down"],
      ["tunnel", "down"],
    ],
  },
  {
    name: "high_network_traffic",
    category: "Network",
    title: "High network traffic",
    words: [["bandwidth"], ["network", "traffic"], ["network", "high"], ["network", "saturat"]],
  },
  {
    name: "pod_crash_looping",
    category: "Application",
    title: "Container crash-looping",
    words: [
      ["crash", "loop"],
      ["crash", "looping"],
      ["crashloop"],
      ["container", "restart"],
      ["pod", "restart"],
    ],
  },
  {
    name: "container_down",
    category: "Application",
    title: "Container down",
    words: [
      ["container", "down"],
      ["container", "stopped"],
      ["container", "exit"],
      ["docker", "down"],
      ["pod", "not", "ready"],
    ],
  },
  {
    name: "high_error_rate",
    category: "Application",
    title: "High error rate",
    words: [["error", "rate"], ["errors", "high"], ["http", "5xx"], ["5xx"], ["http", "errors"]],
  },
  {
    name: "high_latency",
    category: "Application",
    title: "High latency",
    words: [["latency"], ["response", "time"], ["slow", "response"]],
  },
  {
    name: "brute_force",
    category: "Security",
    title: "Brute-force attempts",
    words: [
      ["brute", "force"],
      ["bruteforce"],
      ["failed", "login"],
      ["login", "fail"],
      ["authentication", "fail"],
    ],
  },
  {
    name: "malware_detected",
    category: "Security",
    title: "Malware detected",
    words: [["malware"], ["ransomware"], ["virus"], ["trojan"]],
  },
  {
    name: "high_temperature",
    category: "Server",
    title: "High temperature",
    words: [["temperature"], ["overheat"]],
  },
  {
    name: "time_drift",
    category: "Server",
    title: "Clock drift",
    words: [["ntp"], ["clock", "skew"], ["clock", "drift"], ["time", "drift"]],
  },
  {
    name: "host_down",
    category: "Server",
    title: "Host down",
    words: [
      ["host", "down"],
      ["node", "down"],
      ["server", "down"],
      ["instance", "down"],
      ["host", "unreachable"],
      ["machine", "down"],
      ["host", "alive"],
      ["target", "down"],
      ["ping", "fail"],
      ["connect", "fail"],
      ["failed", "connect"],
      ["host", "unavailable"],
    ],
  },
  {
    name: "service_down",
    category: "Application",
    title: "Service down",
    words: [
      ["service", "down"],
      ["service", "stopped"],
      ["service", "not", "running"],
      ["service", "fail"],
      ["process", "down"],
      ["process", "not", "running"],
      ["service", "unavailable"],
      ["site", "down"],
      ["http", "down"],
      ["website", "down"],
    ],
  },
];

/** Lower-case words of a check's name: split at punctuation and camel case; "HighCPU" is high, cpu. */
export function words(text: string): string[] {
  return text
    .replace(/(?:My|Postgre|Maria)(?:SQL|DB)/g, (name) => name.toLowerCase())
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

const STEM_AT = 4;
/** A vocabulary word of four letters or more also matches as a beginning: "expir" in "expires". */
function has(found: string[], wanted: string): boolean {
  return found.some((w) => w === wanted || (wanted.length >= STEM_AT && w.startsWith(wanted)));
}

export interface Signature {
  /** What keys use. */
  name: string;
  /** For titles. */
  title: string;
  category: Category | null;
  /** false: no entry fits, the tool's own words stand. */
  known: boolean;
}

const LONGEST = 120;
const CACHE_MAX = 2000;
const cache = new Map<string, Signature>();

/** Canonical signature of a tool's own name for a check; "" stays "". A pure function, remembered. */
export function canonicalSignature(raw: string): Signature {
  const hit = cache.get(raw);
  if (hit) return hit;
  const made = derive(raw);
  if (cache.size >= CACHE_MAX) cache.clear();
  cache.set(raw, made);
  return made;
}

function derive(raw: string): Signature {
  const found = words(raw.slice(0, 1000));
  if (found.length === 0)
    return {
      name: raw.trim().slice(0, LONGEST),
      title: raw.trim().slice(0, LONGEST),
      category: null,
      known: false,
    };
  const joined = found.join("_");
  const exact = VOCABULARY.find((e) => e.name === joined);
  const entry = exact ?? VOCABULARY.find((e) => e.words.some((set) => set.every((w) => has(found, w))));
  if (entry) return { name: entry.name, title: entry.title, category: entry.category, known: true };
  const title = raw.trim().slice(0, LONGEST);
  return { name: joined.slice(0, LONGEST), title, category: categoryOf(joined), known: false };
}

const BY_WORD: [Category, string[]][] = [
  ["Database", ["database", "sql", "mysql", "postgres", "postgresql", "mongodb", "redis", "oracle", "query"]],
  [
    "Security",
    ["security", "intrusion", "attack", "unauthorized", "firewall", "malware", "login", "ssh", "exploit"],
  ],
  [
    "Network",
    ["network", "switch", "router", "interface", "packet", "ping", "tcp", "udp", "wan", "vpn", "gateway"],
  ],
  ["Storage", ["disk", "storage", "volume", "filesystem", "nfs", "iscsi", "raid", "s3", "inode"]],
  ["Cloud", ["aws", "azure", "gcp", "ec2", "lambda", "cloudwatch", "kubernetes", "kube"]],
  [
    "Application",
    ["http", "api", "app", "service", "queue", "job", "deployment", "container", "process", "web"],
  ],
  [
    "Server",
    ["host", "server", "node", "cpu", "memory", "load", "kernel", "reboot", "uptime", "windows", "linux"],
  ],
];

const CATEGORY_WORDS = BY_WORD.map(([category, list]) => [category, new Set(list)] as const);

function categoryOf(text: string): Category | null {
  const found = words(text);
  for (const [category, list] of CATEGORY_WORDS) if (found.some((w) => list.has(w))) return category;
  return null;
}

/** Category by the signature's entry, else by its words, else by those of the message. */
export function classify(signature: Signature, message: string): Category {
  return signature.category ?? categoryOf(message.slice(0, 300)) ?? "Other";
}
