import type { NormalizedAlert } from "../core/alert.ts";
import { dryRun } from "../core/engine/dry-run.ts";
import { alertId, incidentId } from "../core/ids.ts";
import { clock } from "./clock.ts";
import type { CompanyCore } from "./company-core.ts";
import type { TriedAlert } from "./intake-rpc.ts";

/** What the company's keys make of alerts that nobody has sent. Writes nothing. */
export function tryAlerts(core: CompanyCore, alerts: NormalizedAlert[]): TriedAlert[] {
  const { company_id, correlation } = core.record;
  const context = { company_id, settings: correlation, assets: core.store.assets, store: core.store };
  const now = clock.now();
  return alerts.map((one) => {
    const { alert, incident, ...keys } = dryRun(context, one, now);
    return {
      ...keys,
      alert: alert && { id: alertId(company_id, alert.seq), status: alert.status, count: alert.count },
      incident: incident && {
        id: incidentId(company_id, incident.seq),
        title: incident.title,
        status: incident.status,
      },
    };
  });
}
