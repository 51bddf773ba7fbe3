import { Link } from "@remix-run/react";
import { BellRing, CheckCircle2, CircleUser, type LucideIcon, Siren } from "lucide-react";
import { useCompanyName } from "../../lib/use-console.ts";
import { Age } from "../ui/age.tsx";
import type { Activity } from "./activity.ts";

const ICON: Record<Activity["kind"], LucideIcon> = {
  opened: Siren,
  acknowledged: CircleUser,
  resolved: CheckCircle2,
  alert: BellRing,
  recovered: CheckCircle2,
};

export function ActivityFeed({ entries }: { entries: Activity[] }) {
  const nameOf = useCompanyName();
  return (
    <ol className="divide-y">
      {entries.map(({ id, at, kind, text, href, company_id }) => {
        const Icon = ICON[kind];
        return (
          <li key={id}>
            <Link to={href} className="flex items-start gap-3 px-4 py-2 text-sm hover:bg-hover">
              <Icon aria-hidden className="mt-1 size-3.5 shrink-0 text-faint" />
              <span className="min-w-0 flex-1">
                <span className="block truncate">{text}</span>
                <span className="block truncate text-xs text-faint">{nameOf(company_id)}</span>
              </span>
              <Age at={at} className="mt-0.5 shrink-0 text-xs text-faint" />
            </Link>
          </li>
        );
      })}
    </ol>
  );
}
