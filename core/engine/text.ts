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

/** "High CPU usage on web-01", "High CPU usage across 5 servers", "3 different problems on web-01". */
export function titleOf(i: Pick<IncidentState, "signature_title" | "assets">, bySeveral: boolean): string {
  const [first] = i.assets;
  if (bySeveral && first) return `Several problems on ${first[1]}`;
  if (!first) return i.signature_title;
  if (i.assets.length === 1) return `${i.signature_title} on ${first[1]}`;
  return `${i.signature_title} across ${i.assets.length} servers`;
}
