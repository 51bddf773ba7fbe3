import { ChevronRight } from "lucide-react";
import { useState } from "react";
import type { Alert } from "../../../core/alert.ts";
import { count, plural } from "../../lib/format.ts";
import { AlertFacts } from "../alerts/alert-facts.tsx";
import { Age } from "../ui/age.tsx";
import { Button } from "../ui/button.tsx";
import { Panel } from "../ui/panel.tsx";
import { SeverityMark } from "../ui/severity.tsx";
import { StatusMark } from "../ui/status.tsx";

/** A storm's alerts would push everything else off the page: of more than MANY, the first FEW are shown. */
const MANY = 15;
const FEW = 10;

/** An incident's distinct alerts; each opens to its own reasons. */
export function AlertList({ alerts, notListed }: { alerts: Alert[]; notListed: number }) {
  const [all, setAll] = useState(false);
  const shown = all || alerts.length <= MANY ? alerts : alerts.slice(0, FEW);
  return (
    <Panel title="Alerts" aside={plural(alerts.length + notListed, "distinct alert")} flush>
      <ul className="divide-y">
        {shown.map((alert) => (
          <li key={alert.id}>
            <details className="group">
              <summary className="flex items-center gap-3 px-4 py-2.5 text-sm hover:bg-hover [&::-webkit-details-marker]:hidden">
                <ChevronRight
                  aria-hidden
                  className="size-3.5 shrink-0 text-faint transition group-open:rotate-90"
                />
                <SeverityMark severity={alert.severity} className="w-20 shrink-0 max-sm:hidden" />
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium">{alert.message || alert.signature}</span>
                  <span className="flex items-center gap-2 text-xs text-faint">
                    <SeverityMark severity={alert.severity} className="shrink-0 sm:hidden" />
                    <span className="truncate">
                      {alert.asset_name || "no asset named"} · {alert.tool_source}
                    </span>
                  </span>
                </span>
                <span
                  className="shrink-0 text-xs text-soft"
                  title={plural(alert.count, "delivery", "deliveries")}
                >
                  ×{alert.count}
                </span>
                <StatusMark status={alert.status} className="w-20 shrink-0 max-sm:hidden" />
                <Age at={alert.last_seen} className="shrink-0 text-right text-xs text-faint sm:w-14" />
              </summary>
              <div className="border-t bg-sunken px-4 py-4 sm:pl-11">
                <AlertFacts alert={alert} />
              </div>
            </details>
          </li>
        ))}
      </ul>
      {shown.length < alerts.length && (
        <p className="border-t p-2 text-center">
          <Button look="quiet" onClick={() => setAll(true)}>
            Show all {count(alerts.length)} alerts
          </Button>
        </p>
      )}
      {notListed > 0 && (
        <p className="border-t px-4 py-2.5 text-xs text-faint">
          {plural(notListed, "more alert")} counted, not listed.
        </p>
      )}
    </Panel>
  );
}
