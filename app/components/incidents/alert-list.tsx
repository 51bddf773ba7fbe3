import { ChevronRight } from "lucide-react";
import type { Alert } from "../../../core/alert.ts";
import { plural } from "../../lib/format.ts";
import { AlertFacts } from "../alerts/alert-facts.tsx";
import { Age } from "../ui/age.tsx";
import { Panel } from "../ui/panel.tsx";
import { SeverityMark } from "../ui/severity.tsx";
import { StatusMark } from "../ui/status.tsx";

/** An incident's distinct alerts; each opens to its own reasons. */
export function AlertList({ alerts, notListed }: { alerts: Alert[]; notListed: number }) {
  return (
    <Panel title="Alerts" aside={plural(alerts.length + notListed, "distinct alert")} flush>
      <ul className="divide-y">
        {alerts.map((alert) => (
          <li key={alert.id}>
            <details className="group">
              <summary className="flex items-center gap-3 px-4 py-2.5 text-sm hover:bg-hover [&::-webkit-details-marker]:hidden">
                <ChevronRight
                  aria-hidden
                  className="size-3.5 shrink-0 text-faint transition group-open:rotate-90"
                />
                <SeverityMark severity={alert.severity} className="w-20 shrink-0" />
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium">{alert.message || alert.signature}</span>
                  <span className="block truncate text-xs text-faint">
                    {alert.asset_name || "no asset named"} · {alert.tool_source}
                  </span>
                </span>
                <span
                  className="shrink-0 text-xs text-soft"
                  title={plural(alert.count, "delivery", "deliveries")}
                >
                  ×{alert.count}
                </span>
                <StatusMark status={alert.status} className="w-20 shrink-0 max-sm:hidden" />
                <Age at={alert.last_seen} className="w-14 shrink-0 text-right text-xs text-faint" />
              </summary>
              <div className="border-t bg-sunken px-4 py-4 sm:pl-11">
                <AlertFacts alert={alert} />
              </div>
            </details>
          </li>
        ))}
      </ul>
      {notListed > 0 && (
        <p className="border-t px-4 py-2.5 text-xs text-faint">
          {plural(notListed, "more alert")} counted, not listed.
        </p>
      )}
    </Panel>
  );
}
