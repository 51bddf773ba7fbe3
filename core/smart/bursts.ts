import type { Background } from "./background.ts";
import type { Group } from "./group.ts";
import { SMART } from "./parameters.ts";
import { poissonTail } from "./poisson.ts";

const MINUTE = 60_000;

/** Checks that began to fail within the window, against how many are usual in as much time. */
export interface Burst {
  seen: number;
  usual: number;
}

/** How many of the times, oldest first, are at or after `since`. */
function countSince(times: readonly number[], since: number): number {
  let n = 0;
  for (let i = times.length - 1; i >= 0 && (times[i] as number) >= since; i--) n++;
  return n;
}

/** The company's burst at `now`, epoch ms, where one stands far above its learned background; else null. */
export function companyBurst(
  beginnings: readonly number[],
  background: Background,
  now: number,
): Burst | null {
  const seen = countSince(beginnings, now - SMART.burstWindow);
  if (seen < SMART.burstLeast) return null;
  const usual = (background.usualBeginnings(now) * SMART.burstWindow) / MINUTE;
  return seen > usual && poissonTail(seen, usual) < SMART.burstChance ? { seen, usual } : null;
}

/** What a check that begins now makes of the group: its beginnings with it, against the minutes before. */
function course(group: Group, now: number): Burst {
  const seen = countSince(group.beginnings, now - SMART.burstWindow) + 1;
  const before = countSince(group.beginnings, now - SMART.burstWindow - SMART.burstBefore) - (seen - 1);
  const span = Math.min(SMART.burstBefore, now - group.first - SMART.burstWindow);
  return { seen, usual: ((before + 1) * SMART.burstWindow) / span };
}

/** The burst by which a check that begins now shows a new trouble in an incident's quiet course; else null. */
export function newOnset(group: Group, now: number): Burst | null {
  if (group.successor >= 0 || now - group.first <= SMART.onsetAge) return null;
  const burst = course(group, now);
  return burst.seen > burst.usual && poissonTail(burst.seen, burst.usual) < SMART.onsetChance ? burst : null;
}
