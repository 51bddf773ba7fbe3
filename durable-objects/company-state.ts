import { clock } from "./clock.ts";
import type { CompanyCore } from "./company-core.ts";
import type { CompanyState } from "./rpc.ts";

const iso = (ms: number) => new Date(ms).toISOString();

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
    api_keys: record.keys.map((key) => {
      const used = usage.key_used_at[key.id];
      return {
        id: key.id,
        created_at: iso(key.created_at),
        last_used_at: used === undefined ? null : iso(used),
        revoked_at: key.revoked_at === null ? null : iso(Math.min(key.revoked_at, now)),
      };
    }),
    projection: { pending: outbox.pending, parked: outbox.parked(), last_error: relay.lastError },
    rejections: [...core.rejections].map(([reason, r]) => ({
      reason,
      count: r.count,
      last_at: iso(r.last_at),
      last_detail: r.last_detail,
    })),
  };
}
