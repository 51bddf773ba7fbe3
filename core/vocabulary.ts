import type { Category } from "./alert.ts";
import type { Severity } from "./severity.ts";

/**
 * One vocabulary for what is wrong, so that two tools on one problem meet. Each entry: the canonical name, its
 * category, how bad it usually is, a title for people, and word sets; a set matches when all its words occur. Words
 * are those of the tool's own name for the check, split at case changes and punctuation. First match wins, so the
 * specific stand before the general.
 */
export interface Entry {
  name: string;
  category: Category;
  /** What stands in where the tool says no severity. */
  usually: Severity;
  title: string;
  words: string[][];
}

export const VOCABULARY: Entry[] = [
  {
    name: "certificate_expiring",
    category: "Security",
    usually: "medium",
    title: "Certificate expiring",
    words: [["certificate"], ["cert"], ["ssl", "expir"], ["tls", "expir"]],
  },
  {
    name: "disk_full",
    category: "Storage",
    usually: "high",
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
    usually: "medium",
    title: "High disk I/O",
    words: [["disk", "io"], ["disk", "latency"], ["iowait"], ["io", "wait"]],
  },
  {
    name: "disk_failure",
    category: "Storage",
    usually: "critical",
    title: "Disk failure",
    words: [["raid"], ["smart", "fail"], ["disk", "fail"], ["disk", "degraded"]],
  },
  {
    name: "high_memory_usage",
    category: "Server",
    usually: "medium",
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
    usually: "medium",
    title: "High load",
    words: [["load", "average"], ["system", "load"], ["loadavg"]],
  },
  {
    name: "high_cpu_usage",
    category: "Server",
    usually: "medium",
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
  { name: "high_load", category: "Server", usually: "medium", title: "High load", words: [["high", "load"]] },
  {
    name: "replication_lag",
    category: "Database",
    usually: "medium",
    title: "Replication lag",
    words: [["replication"], ["replica", "lag"], ["slave", "lag"]],
  },
  {
    name: "database_connections_high",
    category: "Database",
    usually: "medium",
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
    usually: "critical",
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
    usually: "medium",
    title: "Slow database queries",
    words: [["slow", "quer"], ["query", "slow"], ["deadlock"]],
  },
  {
    name: "backup_failed",
    category: "Storage",
    usually: "medium",
    title: "Backup failed",
    words: [["backup"]],
  },
  { name: "dns_failure", category: "Network", usually: "high", title: "DNS failure", words: [["dns"]] },
  {
    name: "packet_loss",
    category: "Network",
    usually: "medium",
    title: "Packet loss",
    words: [
      ["packet", "loss"],
      ["packets", "dropped"],
    ],
  },
  {
    name: "interface_down",
    category: "Network",
    usually: "high",
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
    usually: "medium",
    title: "High network traffic",
    words: [["bandwidth"], ["network", "traffic"], ["network", "high"], ["network", "saturat"]],
  },
  {
    name: "pod_crash_looping",
    category: "Application",
    usually: "high",
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
    usually: "high",
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
    usually: "high",
    title: "High error rate",
    words: [["error", "rate"], ["errors", "high"], ["http", "5xx"], ["5xx"], ["http", "errors"]],
  },
  {
    name: "high_latency",
    category: "Application",
    usually: "medium",
    title: "High latency",
    words: [["latency"], ["response", "time"], ["slow", "response"]],
  },
  {
    name: "brute_force",
    category: "Security",
    usually: "high",
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
    usually: "critical",
    title: "Malware detected",
    words: [["malware"], ["ransomware"], ["virus"], ["trojan"]],
  },
  {
    name: "high_temperature",
    category: "Server",
    usually: "high",
    title: "High temperature",
    words: [["temperature"], ["overheat"]],
  },
  {
    name: "time_drift",
    category: "Server",
    usually: "low",
    title: "Clock drift",
    words: [["ntp"], ["clock", "skew"], ["clock", "drift"], ["time", "drift"]],
  },
  {
    name: "host_down",
    category: "Server",
    usually: "critical",
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
    usually: "high",
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

/** What an unknown check is about, by the words in its name or message; the first that fits wins. */
export const BY_WORD: [Category, string[]][] = [
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
