import type { Incident } from "../../core/incident.ts";
import { agePoints } from "../../core/priority.ts";

/** The score at `now` (epoch ms): its stored parts less what age has taken by then. */
export function liveScore(incident: Incident, now: number): { score: number; age: number } {
  const { severity, critical_asset, duplicates, multi_tool } = incident.priority_parts;
  const age = agePoints(Date.parse(incident.created_at), now);
  return { score: Math.round((severity + critical_asset + duplicates + multi_tool - age) * 100) / 100, age };
}
