import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import type { Alert } from "../../../core/alert.ts";
import { ClockTime } from "../ui/clock-time.tsx";
import { WhyList } from "../ui/why-list.tsx";

/** Only web addresses become links: a tool's text may hold anything. */
function isWebAddress(url: string): boolean {
  return /^https?:\/\//i.test(url);
}

function Fact({ label, children, mono }: { label: string; children: ReactNode; mono?: boolean }) {
  return (
    <>
      <dt className="text-faint">{label}</dt>
      <dd className={mono ? "break-all font-mono text-xs leading-5" : "break-words"}>{children}</dd>
    </>
  );
}

/** All that is known of one alert, what the tool sent shown as plain text. */
export function AlertFacts({ alert, withIncident }: { alert: Alert; withIncident?: boolean }) {
  const tags = Object.entries(alert.tags);
  return (
    <div className="space-y-4">
      {alert.message && <p className="whitespace-pre-wrap break-words text-sm">{alert.message}</p>}
      <WhyList reasons={alert.why} />
      <dl className="grid grid-cols-[7rem_minmax(0,1fr)] gap-x-3 gap-y-1.5 text-sm">
        {withIncident && alert.incident_id && (
          <Fact label="Incident">
            <Link to={`/incidents/${alert.incident_id}`} className="text-accent underline underline-offset-2">
              Open its incident
            </Link>
          </Fact>
        )}
        <Fact label="Dedup key" mono>
          {alert.dedup_key}
        </Fact>
        <Fact label="Asset">{alert.asset_name || "none named"}</Fact>
        <Fact label="Problem">
          {alert.signature}
          {alert.raw_signature !== alert.signature && (
            <span className="text-faint"> (sent as {alert.raw_signature})</span>
          )}
        </Fact>
        <Fact label="Severity">
          {alert.severity}
          {alert.original_severity !== alert.severity && (
            <span className="text-faint"> (sent as {alert.original_severity})</span>
          )}
        </Fact>
        <Fact label="Category">{alert.category}</Fact>
        <Fact label="Deliveries">{alert.count}</Fact>
        <Fact label="First seen">
          <ClockTime at={alert.first_seen} />
        </Fact>
        <Fact label="Last seen">
          <ClockTime at={alert.last_seen} />
        </Fact>
        {alert.resolved_at && (
          <Fact label="Resolved">
            <ClockTime at={alert.resolved_at} />
          </Fact>
        )}
        {alert.suppressed_by && <Fact label="Held back by">{alert.suppressed_by}</Fact>}
        {alert.waiting && <Fact label="Incident">None yet: it waits to be grouped</Fact>}
        {alert.flapping && <Fact label="Flapping">It fires and recovers again and again</Fact>}
        {alert.flags.length > 0 && <Fact label="Notes">{alert.flags.join(", ").replaceAll("_", " ")}</Fact>}
        <Fact label="Alert id" mono>
          {alert.id}
        </Fact>
      </dl>
      {tags.length > 0 && (
        <ul aria-label="Tags" className="flex flex-wrap gap-1.5">
          {tags.map(([name, value]) => (
            <li
              key={name}
              className="max-w-full break-all rounded-sm border bg-surface px-1.5 py-0.5 font-mono text-2xs"
            >
              <span className="text-faint">{name}=</span>
              {value}
            </li>
          ))}
        </ul>
      )}
      {alert.links.length > 0 && (
        <ul aria-label="Links" className="space-y-1 text-sm">
          {alert.links.map(({ label, url }) => (
            <li key={url} className="break-all">
              {isWebAddress(url) ? (
                <a
                  href={url}
                  target="_blank"
                  rel="noreferrer noopener"
                  className="text-accent underline underline-offset-2"
                >
                  {label || url}
                </a>
              ) : (
                `${label}: ${url}`
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
