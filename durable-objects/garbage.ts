import type { CompanyCore } from "./company-core.ts";
import { scheduleRetention } from "./retention.ts";

/** Signatures and tombstones end within this. */
export const GC_SOON_MS = 15 * 60_000;
/** Deliveries last a day and longer; an idle company is not woken oftener than that asks for. */
const GC_LATE_MS = 12 * 3_600_000;

/** Drops old deliveries, journal entries and tombstones; sets the next time while some are left. */
export function collectGarbage(core: CompanyCore, now: number): void {
  core.checkpoint(true);
  core.deliveries.prune(now);
  core.journal.prune(now);
  core.store.dropExpiredTombstones(now);
  core.counters.prune(now);
  scheduleRetention(core, now);
  const young = core.journal.count() > 1 || core.store.hasTombstones;
  if (young) core.deadlines.set("gc", now + GC_SOON_MS);
  else if (core.deliveries.any()) core.deadlines.set("gc", now + GC_LATE_MS);
  else core.deadlines.clear("gc");
}
