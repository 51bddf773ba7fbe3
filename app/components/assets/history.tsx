import { Link } from "@remix-run/react";
import { useState } from "react";
import type { Alert } from "../../../core/alert.ts";
import type { Incident } from "../../../core/incident.ts";
import { cx } from "../../lib/cx.ts";
import { plural } from "../../lib/format.ts";
import { newest, useLive } from "../../live/use-live.ts";
import { type Page, usePages } from "../../live/use-pages.ts";
import { Age } from "../ui/age.tsx";
import { Button } from "../ui/button.tsx";
import { Panel } from "../ui/panel.tsx";
import { SeverityMark } from "../ui/severity.tsx";
import { StatusMark } from "../ui/status.tsx";

const ROW = "flex items-center gap-3 px-4 py-2 text-sm";

/** An alert as a line; its link opens it beside the company's alerts. */
export function AlertLine({ alert, since }: { alert: Alert; since?: boolean }) {
  return (
    <li className={ROW}>
      <SeverityMark severity={alert.severity} className="w-20 shrink-0" />
      <Link
        to={`/alerts?company_id=${alert.company_id}&alert=${alert.id}`}
        className="min-w-0 flex-1 truncate hover:underline"
      >
        {alert.message || alert.signature}
      </Link>
      {!since && <StatusMark status={alert.status} className="shrink-0 max-sm:hidden" />}
      <span className="shrink-0 text-xs text-faint">
        <Age at={since ? alert.first_seen : alert.received_at} ago />
      </span>
    </li>
  );
}

function IncidentLine({ incident }: { incident: Incident }) {
  return (
    <li className={ROW}>
      <SeverityMark severity={incident.severity} className="w-20 shrink-0" />
      <Link to={`/incidents/${incident.id}`} className="min-w-0 flex-1 truncate hover:underline">
        {incident.title}
      </Link>
      <StatusMark status={incident.status} className="shrink-0 max-sm:hidden" />
      <span className="shrink-0 text-xs text-faint">
        <Age at={incident.created_at} ago />
      </span>
    </li>
  );
}

interface MoreProps {
  none: string;
  length: number;
  more: { hasMore: boolean; loadMore(): void; failed: string | null };
}

function Foot({ none, length, more }: MoreProps) {
  if (length === 0) return <p className="p-4 text-sm text-soft">{none}</p>;
  if (!more.hasMore && !more.failed) return null;
  return (
    <div className="border-t p-3 text-center">
      {more.hasMore && <Button onClick={more.loadMore}>Show more</Button>}
      {more.failed && <p className="mt-2 text-sm text-danger">{more.failed}</p>}
    </div>
  );
}

interface HistoryProps {
  path: string;
  incidents: Page<Incident>;
  alerts: Page<Alert>;
}

/** Everything that ever happened on an asset, newest first. */
export function History({ path, incidents, alerts }: HistoryProps) {
  const [shown, setShown] = useState<"incidents" | "alerts">("incidents");
  const live = useLive();
  const moreIncidents = usePages<Incident>(`${path}/incidents?limit=25`, incidents);
  const moreAlerts = usePages<Alert>(`${path}/alerts?limit=25`, alerts);
  const allIncidents = unique([...incidents.items, ...moreIncidents.extra]);
  const allAlerts = unique([...alerts.items, ...moreAlerts.extra]);
  const choice = (name: typeof shown, word: string) => (
    <button
      type="button"
      aria-pressed={shown === name}
      onClick={() => setShown(name)}
      className={cx(
        "h-7 rounded-md px-2 text-xs max-sm:h-9",
        shown === name ? "bg-selected font-medium text-ink" : "text-soft hover:text-ink",
      )}
    >
      {word}
    </button>
  );
  return (
    <Panel
      title="History"
      flush
      aside={
        <>
          {choice("incidents", "Incidents")}
          {choice("alerts", "Alerts")}
        </>
      }
    >
      {shown === "incidents" ? (
        <>
          <ul aria-label="Incidents" className="divide-y">
            {allIncidents.map((incident) => (
              <IncidentLine key={incident.id} incident={newest(incident, live)} />
            ))}
          </ul>
          <Foot none="No incident yet." length={allIncidents.length} more={moreIncidents} />
        </>
      ) : (
        <>
          <ul aria-label="Alerts" className="divide-y">
            {allAlerts.map((alert) => (
              <AlertLine key={alert.id} alert={alert} />
            ))}
          </ul>
          <Foot none="No alert yet." length={allAlerts.length} more={moreAlerts} />
        </>
      )}
    </Panel>
  );
}

function unique<T extends { id: string }>(items: T[]): T[] {
  return [...new Map(items.map((item) => [item.id, item])).values()];
}

/** What fires on it now. */
export function OpenAlerts({ alerts, total }: { alerts: Alert[]; total: number }) {
  return (
    <Panel title="Open alerts" flush aside={total > 0 ? plural(total, "alert") : undefined}>
      {alerts.length === 0 ? (
        <p className="p-4 text-sm text-soft">Nothing fires on it.</p>
      ) : (
        <ul aria-label="Open alerts" className="divide-y">
          {alerts.map((alert) => (
            <AlertLine key={alert.id} alert={alert} since />
          ))}
        </ul>
      )}
      {total > alerts.length && (
        <p className="border-t px-4 py-2 text-xs text-faint">The newest {alerts.length} are shown.</p>
      )}
    </Panel>
  );
}
