import type { PortalIncident } from "./portal.ts";
import { severityRank } from "./severity.ts";

// Apart from the schemas, so that the browser can say the sentence without carrying them.

export interface PortalStatus {
  level: "ok" | "degraded" | "major";
  text: string;
}

/** The worst first, of equals the oldest. */
export const byTrouble = (a: PortalIncident, b: PortalIncident) =>
  severityRank(b.severity) - severityRank(a.severity) || Date.parse(a.created_at) - Date.parse(b.created_at);

const clockIn = (timeZone: string) =>
  new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" });
const dayIn = (timeZone: string) =>
  new Intl.DateTimeFormat("en-GB", { timeZone, day: "numeric", month: "long" });

/** `14:05`, or `3 May, 14:05` where that was another day. */
function when(iso: string, now: number, timeZone: string): { today: boolean; text: string } {
  const at = new Date(iso);
  const day = dayIn(timeZone);
  const time = clockIn(timeZone).format(at);
  const today = day.format(at) === day.format(now);
  return { today, text: today ? time : `${day.format(at)}, ${time}` };
}

/**
 * The company's state in one sentence, times as its own clocks show them. `open` are its open incidents,
 * `total` how many there are where not all are listed, `now` epoch ms.
 */
export function portalStatus(
  open: readonly PortalIncident[],
  total: number,
  now: number,
  timeZone: string,
): PortalStatus {
  const worst = [...open].sort(byTrouble)[0];
  if (!worst) return { level: "ok", text: "Everything is running normally." };
  const [where] = worst.asset_names;
  const critical = worst.severity === "critical";
  const one = critical ? "One critical problem" : `One problem of ${worst.severity} severity`;
  const how = critical ? "critical" : `of ${worst.severity} severity`;
  const count = total === 1 ? one : `${total} open problems, the most serious ${how}`;
  const on = where ? `${total === 1 ? " on" : ", on"} ${where}` : "";
  const noticed = when(worst.created_at, now, timeZone);
  const taken = worst.acknowledged_at
    ? `your provider is working on it since ${when(worst.acknowledged_at, now, timeZone).text}`
    : `noticed ${noticed.today ? "at" : "on"} ${noticed.text}`;
  return { level: critical ? "major" : "degraded", text: `${count}${on}; ${taken}.` };
}
