import type { AlertState } from "../core/engine/state.ts";
import { alertView } from "../core/engine/view.ts";
import { ok, type Result } from "../core/errors.ts";
import { compileCondition } from "../core/policy/compile.ts";
import type { Condition } from "../core/policy/condition.ts";
import { clock } from "./clock.ts";
import type { CompanyCore } from "./company-core.ts";
import type { PolicyPreview } from "./policy-rpc.ts";

const DAY_MS = 86_400_000;
/** An object that searches is an object that does not ingest: about 30 ms. */
const LOOKED_AT_MAX = 2000;
const SHOWN = 10;

/** Which of the newest alerts a condition fits, each judged at the time it came. */
export function policyPreview(
  core: CompanyCore,
  when: Condition | null,
  days: number,
): Result<PolicyPreview> {
  const test = compileCondition(when);
  if (!test.ok) return test;
  core.checkpoint();
  const answer: PolicyPreview = { looked_at: 0, matched: 0, since: null, items: [] };
  const rows = core.sql.exec<{ received_at: number; data: string }>(
    "SELECT received_at, data FROM alerts ORDER BY seq DESC LIMIT ?",
    LOOKED_AT_MAX,
  );
  const oldest = clock.now() - days * DAY_MS;
  for (const row of rows) {
    if (row.received_at < oldest) break;
    const alert = JSON.parse(row.data) as AlertState;
    answer.looked_at += 1;
    answer.since = new Date(row.received_at).toISOString();
    if (!test.value(alert, row.received_at)) continue;
    answer.matched += 1;
    if (answer.items.length < SHOWN) answer.items.push(alertView(core.record.company_id, alert));
  }
  return ok(answer);
}
