import type { CompanyDetail } from "../../../core/company.ts";
import { plural } from "../../lib/format.ts";
import { Age } from "../ui/age.tsx";
import { Panel } from "../ui/panel.tsx";

/** How far the lists are behind the live state. */
export function ListsPanel({ projection }: Pick<CompanyDetail, "projection">) {
  const behind = projection.pending > 0 || projection.parked.length > 0;
  return (
    <Panel title="Lists">
      <p className="text-sm text-soft">
        {behind
          ? `${plural(projection.pending, "incident")} not yet in the lists.`
          : "Up to date with the live state."}
      </p>
      {projection.last_error && (
        <p className="mt-1 break-words text-xs text-faint">Last error: {projection.last_error}</p>
      )}
      {projection.parked.map((parked) => (
        <p key={parked.incident_id} className="mt-1 break-words text-xs text-danger">
          {parked.incident_id} could not be written since <Age at={parked.since} ago />: {parked.error}
        </p>
      ))}
    </Panel>
  );
}
