import type { Actor } from "../core/actor.ts";
import type { CompanyIntake } from "../core/rejection.ts";
import { clock } from "./clock.ts";
import type { CompanyCore } from "./company-core.ts";
import type { RefusedDelivery } from "./rejections.ts";
import type { CompanyBrand } from "./upkeep-rpc.ts";

const DAY_MS = 86_400_000;
const iso = (ms: number | null | undefined) => (ms ? new Date(ms).toISOString() : null);

/** One row for all of them; live listeners are told of the newest. */
export function noteRefusals(core: CompanyCore, items: RefusedDelivery[]): void {
  for (const item of items) core.rejections.note(item);
  core.rejections.write();
  const news = core.rejections.news(clock.now());
  if (news.length === 0) return;
  const { msp_id, company_id } = core.record;
  core.ports.publish(msp_id, company_id, news).catch((error) => core.ports.log("publish_failed", error));
}

export function intakeState(core: CompanyCore): CompanyIntake {
  core.checkpoint();
  const first = core.sql
    .exec<{ at: number | null }>("SELECT received_at AS at FROM alerts ORDER BY seq LIMIT 1")
    .toArray()[0]?.at;
  const newest = core.sql
    .exec<{ at: number | null }>(
      "SELECT data ->> 'last_received_at' AS at FROM alerts ORDER BY seq DESC LIMIT 1",
    )
    .toArray()[0]?.at;
  const counted = core.sql
    .exec<{ n: number | null }>("SELECT SUM(alerts) AS n FROM counters WHERE hour > ?", clock.now() - DAY_MS)
    .one().n;
  return {
    first_alert_at: iso(core.usage.first_alert_at ?? first),
    last_alert_at: iso(Math.max(core.usage.last_alert_at ?? 0, newest ?? 0)),
    alerts_24h: counted ?? 0,
    last_rejection_at: core.rejections.list()[0]?.at ?? null,
  };
}

export function brandOf(core: CompanyCore): CompanyBrand {
  return { company_name: core.record.name, branding: core.record.branding };
}

/** No key opens the intake any more. */
export function closeIntake(core: CompanyCore, actor: Actor): void {
  if (core.record.closed_at !== null) return;
  const now = clock.now();
  const next = structuredClone(core.record);
  next.closed_at = now;
  for (const key of next.keys) key.revoked_at ??= now;
  next.version += 1;
  const target = { type: "company", id: next.company_id, name: next.name };
  core.saveRecord(next, actor, { action: "company.closed", target });
}
