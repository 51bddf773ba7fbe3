import { useState } from "react";
import { toast } from "sonner";
import { api } from "../../lib/api.ts";
import { plural } from "../../lib/format.ts";
import { Button } from "../ui/button.tsx";
import { Panel } from "../ui/panel.tsx";

/** Where alerts wait to be grouped, the button that groups them. */
export function WaitingPanel({ companyId, byHand }: { companyId: string; byHand: boolean }) {
  const [busy, setBusy] = useState(false);
  async function group() {
    setBusy(true);
    const body = { company_id: companyId };
    let placed = 0;
    for (let left = 1; left > 0; ) {
      const answer = await api<{ placed: number; left: number }>("/api/incidents/correlate", {
        method: "POST",
        body,
      });
      if (!answer.ok) {
        toast("That did not work", { description: answer.error.detail });
        break;
      }
      placed += answer.value.placed;
      left = answer.value.placed > 0 ? answer.value.left : 0;
      if (left === 0)
        toast(placed > 0 ? `${plural(placed, "alert")} grouped into incidents` : "No alert waits");
    }
    setBusy(false);
  }
  return (
    <Panel title="Alerts that wait">
      <div className="flex flex-wrap items-center justify-between gap-3 text-sm">
        <p className="min-w-0 flex-1 text-soft">
          {byHand
            ? "All but critical alerts wait until somebody groups them."
            : "Alerts wait for others of their kind; whoever does not want to wait groups them now."}
        </p>
        <Button onClick={group} disabled={busy}>
          {busy ? "Grouping" : "Group them now"}
        </Button>
      </div>
    </Panel>
  );
}
