/** What the bench and the objects that it fills agree on. */
export type Kind = "repeats" | "again" | "new" | "recoveries";

export const HOSTS = 5000;
/** Hosts that fire all the time. */
export const LIVE = 50;
/** Single deliveries that one call of the intake carries. */
export const GROUP = 64;
/** A million alerts lie as far back; fewer as much less. */
export const HISTORY_MS = 20 * 86_400_000;
/** Nothing but the live hosts has fired for so long when measuring begins. */
export const QUIET_MS = 2 * 3_600_000;

const CHECKS = [
  "high_cpu_usage",
  "disk_full",
  "service_down",
  "high_memory_usage",
  "host_unreachable",
  "certificate_expiring",
  "backup_failed",
  "replication_lag",
] as const;
export const checkOf = (n: number): string => CHECKS[n % CHECKS.length] as string;

/** The same number for the same n (the finaliser of MurmurHash3, by Austin Appleby). */
export function random(n: number): number {
  let h = Math.imul(n ^ 0x9e3779b9, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
