import { clock } from "./clock.ts";
import type { CompanyCore } from "./company-core.ts";
import type { CompanyState } from "./rpc.ts";

const iso = (ms: number) => new Date(ms).toISOString();
const orNull = (ms: number | null) => (ms === null ? null : iso(ms));

/** What only the object knows of its company; secrets and key hashes stay inside. */
export function stateOf(core: CompanyCore): CompanyState {
  const { record, usage, outbox, relay } = core;
  const now = clock.now();
  return {
    name: record.name,
    time_zone: record.time_zone,
    correlation: record.correlation,
    rate_limit: record.rate_limit,
    security: record.security,
    critical_assets: record.critical_assets,
    retention: record.retention,
    sla: record.sla,
    automation: record.automation,
    notifications: record.notifications,
    aws: record.aws,
    secrets: record.secrets
      .filter(({ expires_at }) => expires_at === null || expires_at > now)
      .map(({ created_at, expires_at }) => ({ created_at: iso(created_at), expires_at: orNull(expires_at) })),
    api_keys: record.keys.map((key) => {
      const used = usage.key_used_at[key.id];
      return {
        id: key.id,
        created_at: iso(key.created_at),
        last_used_at: used === undefined ? null : iso(used),
        expires_at: orNull(key.expires_at),
        revoked_at: key.revoked_at === null ? null : iso(Math.min(key.revoked_at, now)),
      };
    }),
    automation_paused: usage.storm?.active != null,
    projection: { pending: outbox.pending, parked: outbox.parked(), last_error: relay.lastError },
    rejections: [...core.rejections.tallies].map(([reason, r]) => ({
      reason,
      count: r.count,
      last_at: iso(r.last_at),
      last_detail: r.last_detail,
    })),
  };
}
