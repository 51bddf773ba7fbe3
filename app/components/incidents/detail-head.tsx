import { Link } from "@remix-run/react";
import { Activity, ArrowLeft, Radio, Zap } from "lucide-react";
import type { ReactNode } from "react";
import type { Incident } from "../../../core/incident.ts";
import { duration, score, words } from "../../lib/format.ts";
import { liveScore } from "../../lib/live-score.ts";
import { useNow } from "../../lib/now.tsx";
import { useCompanyName } from "../../lib/use-console.ts";
import { Age } from "../ui/age.tsx";
import { SeverityMark } from "../ui/severity.tsx";
import { StatusMark } from "../ui/status.tsx";

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-2xs text-faint">{label}</dt>
      <dd className="text-sm break-words sm:truncate">{children}</dd>
    </div>
  );
}

function until(from: string, to: string): string {
  return duration((Date.parse(to) - Date.parse(from)) / 1000);
}

export function DetailHead({ incident, actions }: { incident: Incident; actions: ReactNode }) {
  const nameOf = useCompanyName();
  const now = useNow();
  return (
    <header className="border-b bg-surface px-4 pt-3 pb-4">
      <Link to="/incidents" className="inline-flex items-center gap-1.5 text-xs text-soft hover:text-ink">
        <ArrowLeft aria-hidden className="size-3.5" />
        Incidents
      </Link>
      <div className="mt-2 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h1 className="break-words text-xl font-semibold tracking-tight">{incident.title}</h1>
          <div className="mt-1.5 flex flex-wrap items-center gap-x-4 gap-y-1">
            <SeverityMark severity={incident.severity} />
            <StatusMark status={incident.status} />
            {incident.flapping && (
              <span className="inline-flex items-center gap-1.5 text-xs text-soft">
                <Activity aria-hidden className="size-3.5" />
                Flapping
              </span>
            )}
            {incident.storm && (
              <span className="inline-flex items-center gap-1.5 text-xs text-soft">
                <Zap aria-hidden className="size-3.5" />
                {incident.storm.until ? "Alert storm, over" : "Alert storm"}
              </span>
            )}
            {incident.merged_into && (
              <Link
                to={`/incidents/${incident.merged_into}`}
                className="text-xs underline underline-offset-2"
              >
                Part of another incident now
              </Link>
            )}
            {incident.source_still_firing && (
              <span className="inline-flex items-center gap-1.5 text-xs text-soft">
                <Radio aria-hidden className="size-3.5" />
                Source still firing
              </span>
            )}
          </div>
        </div>
        <div className="flex flex-wrap gap-2">{actions}</div>
      </div>
      <dl className="mt-4 grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-4 lg:flex lg:gap-10">
        <Fact label="Priority score">{score(Math.round(liveScore(incident, now).score))}</Fact>
        <Fact label="Company">
          <Link to={`/companies/${incident.company_id}`} className="hover:underline">
            {nameOf(incident.company_id)}
          </Link>
        </Fact>
        <Fact label="Opened">
          <Age at={incident.created_at} ago />
        </Fact>
        {incident.signature && <Fact label="Problem">{words(incident.signature)}</Fact>}
        <Fact label="Tools">{incident.tool_sources.join(", ") || "unknown"}</Fact>
        {incident.acknowledged_at && (
          <Fact label="Acknowledged">
            {incident.acknowledged_by?.name ?? "Somebody"}, after{" "}
            {until(incident.created_at, incident.acknowledged_at)}
          </Fact>
        )}
        {incident.resolved_at && (
          <Fact label="Resolved">
            {incident.resolved_by?.name ?? "By itself"}, after{" "}
            {until(incident.created_at, incident.resolved_at)}
          </Fact>
        )}
        {incident.reopen_count > 0 && (
          <Fact label="Reopened">
            {incident.reopen_count === 1 ? "once" : `${incident.reopen_count} times`}
          </Fact>
        )}
        {incident.recurrence_of && (
          <Fact label="Recurrence of">
            <Link to={`/incidents/${incident.recurrence_of}`} className="underline underline-offset-2">
              an earlier incident
            </Link>
          </Fact>
        )}
      </dl>
    </header>
  );
}
