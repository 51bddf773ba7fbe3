import type { PriorityParts } from "./incident.ts";
import type { Severity } from "./severity.ts";

/** Severity, critical asset, duplicates, tools and age: the formula the product promises its users. */
const BY_SEVERITY: Record<Severity, number> = { critical: 90, high: 60, medium: 30, low: 10 };
const CRITICAL_ASSET = 20;
const PER_ALERT = 2;
const ALERTS_CAP = 20;
const MULTI_TOOL = 10;
const AGE_CAP_HOURS = 10;
const HOUR_MS = 3_600_000;

const round2 = (n: number) => Math.round(n * 100) / 100;

export interface PriorityInput {
  severity: Severity;
  critical_asset: boolean;
  alert_count: number;
  tools: number;
}

/** The part of the score that time does not change; it is what is stored. */
export function priorityBase(i: PriorityInput): number {
  return (
    BY_SEVERITY[i.severity] +
    (i.critical_asset ? CRITICAL_ASSET : 0) +
    Math.min(PER_ALERT * i.alert_count, ALERTS_CAP) +
    (i.tools >= 2 ? MULTI_TOOL : 0)
  );
}

/** Points an incident of that age has lost: its hours, at most 10. Times in epoch milliseconds. */
export function agePoints(createdAt: number, now: number): number {
  return round2(Math.min(Math.max(now - createdAt, 0) / HOUR_MS, AGE_CAP_HOURS));
}

export function priority(
  i: PriorityInput,
  createdAt: number,
  now: number,
): { score: number; parts: PriorityParts } {
  const age = agePoints(createdAt, now);
  return {
    score: round2(priorityBase(i) - age),
    parts: {
      severity: BY_SEVERITY[i.severity],
      critical_asset: i.critical_asset ? CRITICAL_ASSET : 0,
      duplicates: Math.min(PER_ALERT * i.alert_count, ALERTS_CAP),
      multi_tool: i.tools >= 2 ? MULTI_TOOL : 0,
      age,
    },
  };
}
