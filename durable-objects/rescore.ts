import { touch } from "../core/engine/incidents.ts";
import { NAMES_MAX } from "../core/engine/limits.ts";
import type { IncidentState } from "../core/engine/state.ts";
import type { CompanyCore } from "./company-core.ts";

/** Incidents that one run changes; the rest follows in the next, so that ingest gets its turn. */
const SLICE = 500;

/** Whether an asset that the incident names is critical now. */
function weighs({ store, critical }: CompanyCore, { assets }: IncidentState): boolean {
  return assets.some(([key]) => store.assets.byKeyOf(key)?.aliases.some((alias) => critical.has(alias)));
}

/** The company calls other assets critical than before: what is open weighs by what they are now. */
export function rescoreOpen(core: CompanyCore, name: string, now: number): void {
  core.mutate((changes) => {
    let changed = 0;
    const open = core.sql.exec<{ seq: number }>(
      "SELECT seq FROM incidents WHERE data ->> 'status' <> 'resolved' ORDER BY seq",
    );
    for (const { seq } of open.toArray()) {
      const incident = core.store.incident(seq);
      if (!incident) continue;
      const is = weighs(core, incident);
      // One that names no more of its assets may be critical by one of the others.
      const unsure = !is && incident.assets.length >= NAMES_MAX;
      if (is === incident.critical_asset || unsure) continue;
      if (changed === SLICE) return core.deadlines.set(name, now);
      incident.critical_asset = is;
      touch(changes, incident, now);
      changed += 1;
    }
    core.deadlines.clear(name);
  });
}
