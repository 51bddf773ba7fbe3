import type { IncidentState } from "./state.ts";

/** "3 minutes", "45 seconds", "2 hours". */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 90) return plural(seconds, "second");
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return plural(minutes, "minute");
  return plural(Math.round(minutes / 60), "hour");
}

export function plural(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}

/**
 * "High CPU usage on web-01", "Several problems on web-01", "High CPU usage across 5 servers": of several
 * problems on several assets the first names the incident. An empty `signature` says that problems differ.
 */
export function titleOf(i: Pick<IncidentState, "signature" | "signature_title" | "assets">): string {
  const [first, ...others] = i.assets;
  if (!first) return i.signature_title;
  if (others.length > 0) return `${i.signature_title} across ${i.assets.length} servers`;
  return i.signature === "" ? `Several problems on ${first[1]}` : `${i.signature_title} on ${first[1]}`;
}
