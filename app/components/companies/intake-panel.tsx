import type { CompanyDetail } from "../../../core/company.ts";
import { count, plural } from "../../lib/format.ts";
import { Age } from "../ui/age.tsx";
import { Panel } from "../ui/panel.tsx";

/** What was refused at the door, and how far the lists are behind. */
export function IntakePanel({ company }: { company: CompanyDetail }) {
  const { rejections, projection } = company;
  const behind = projection.pending > 0 || projection.parked.length > 0;
  return (
    <Panel title="Intake">
      <h3 className="text-sm font-medium">Refused deliveries</h3>
      {rejections.length === 0 ? (
        <p className="mt-1 text-sm text-soft">None.</p>
      ) : (
        <ul className="mt-1 divide-y">
          {rejections.map((rejection) => (
            <li key={rejection.reason} className="py-2 text-sm">
              <div className="flex items-baseline justify-between gap-3">
                <span className="font-medium">{rejection.reason.replaceAll("_", " ")}</span>
                <span className="shrink-0 text-xs text-faint">
                  at least {count(rejection.count)}, last <Age at={rejection.last_at} ago />
                </span>
              </div>
              <p className="break-words text-xs text-soft">{rejection.last_detail}</p>
            </li>
          ))}
        </ul>
      )}
      <h3 className="mt-4 text-sm font-medium">Lists</h3>
      <p className="mt-1 text-sm text-soft">
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
