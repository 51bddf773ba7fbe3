import { Link } from "@remix-run/react";
import { createColumnHelper } from "@tanstack/react-table";
import type { Incident } from "../../../core/incident.ts";
import { count, score } from "../../lib/format.ts";
import { liveScore } from "../../lib/live-score.ts";
import { useNow } from "../../lib/now.tsx";
import { useCompanyName } from "../../lib/use-console.ts";
import { Age } from "../ui/age.tsx";
import { SeverityMark } from "../ui/severity.tsx";
import { StatusMark } from "../ui/status.tsx";
import { IncidentMarks } from "./marks.tsx";

const column = createColumnHelper<Incident>();

/** Grid tracks by width; cells that have no track are hidden by the same breakpoints. */
export const TRACKS =
  "grid grid-cols-[2rem_5.5rem_3.5rem_minmax(0,1fr)_3.5rem_7.5rem_4rem] lg:grid-cols-[2rem_5.5rem_3.5rem_minmax(0,1fr)_9rem_4rem_8rem_7.5rem_4rem_7rem]";

export const WIDE_ONLY = new Set(["company", "tools", "assignee"]);

function Score({ incident }: { incident: Incident }) {
  const now = useNow();
  return <span className="font-medium">{score(Math.round(liveScore(incident, now).score))}</span>;
}

function CompanyName({ id }: { id: string }) {
  const nameOf = useCompanyName();
  return (
    <span dir="auto" className="truncate text-soft">
      {nameOf(id)}
    </span>
  );
}

function Title({ incident }: { incident: Incident }) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Link to={`/incidents/${incident.id}`} className="truncate font-medium hover:underline">
        {incident.title}
      </Link>
      <IncidentMarks incident={incident} />
    </span>
  );
}

export const columns = [
  column.display({
    id: "select",
    header: () => <span className="sr-only">Select</span>,
    cell: ({ row }) => (
      <input
        type="checkbox"
        aria-label={`Select ${row.original.title}`}
        checked={row.getIsSelected()}
        onChange={row.getToggleSelectedHandler()}
        className="size-3.5 accent-accent-solid"
      />
    ),
  }),
  column.accessor("severity", {
    header: "Severity",
    cell: ({ getValue }) => <SeverityMark severity={getValue()} />,
  }),
  column.accessor("priority_score", {
    id: "priority",
    header: "Priority",
    cell: ({ row }) => <Score incident={row.original} />,
  }),
  column.accessor("title", { header: "Incident", cell: ({ row }) => <Title incident={row.original} /> }),
  column.accessor("company_id", {
    id: "company",
    header: "Company",
    cell: ({ getValue }) => <CompanyName id={getValue()} />,
  }),
  column.accessor("alert_count", {
    id: "alerts",
    header: "Alerts",
    cell: ({ getValue }) => count(getValue()),
  }),
  column.accessor((incident) => incident.tool_sources.join(", "), {
    id: "tools",
    header: "Tools",
    cell: ({ getValue }) => <span className="truncate text-soft">{getValue()}</span>,
  }),
  column.accessor("status", { header: "Status", cell: ({ getValue }) => <StatusMark status={getValue()} /> }),
  column.accessor("created_at", {
    id: "age",
    header: "Age",
    cell: ({ getValue }) => <Age at={getValue()} className="text-soft" />,
  }),
  column.accessor((incident) => incident.assigned_to?.name ?? "", {
    id: "assignee",
    header: "Assignee",
    cell: ({ getValue }) => (
      <span className={getValue() ? "truncate text-soft" : "text-faint"}>{getValue() || "Nobody"}</span>
    ),
  }),
];
