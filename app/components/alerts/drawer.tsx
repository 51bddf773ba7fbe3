import { useSearchParams } from "@remix-run/react";
import { useEffect, useState } from "react";
import type { Alert } from "../../../core/alert.ts";
import { api } from "../../lib/api.ts";
import { mergeAlerts } from "../../live/merge.ts";
import { useLive } from "../../live/use-live.ts";
import { CorrectionButton } from "../noise/correction-button.tsx";
import { SilenceButton } from "../noise/silence-button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { SeverityMark } from "../ui/severity.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { StatusMark } from "../ui/status.tsx";
import { AlertFacts } from "./alert-facts.tsx";

type State = { id: string; alert: Alert } | { id: string; problem: string } | null;

/** The alert that the address names, beside the list. */
export default function AlertDrawer({ listed }: { listed: Alert[] }) {
  const [params, setParams] = useSearchParams();
  const { alerts } = useLive();
  const id = params.get("alert");
  const here = id ? mergeAlerts(listed, alerts).find((alert) => alert.id === id) : undefined;
  const [state, setState] = useState<State>(null);
  const wanted = id && !here ? id : null;

  useEffect(() => {
    if (!wanted) return;
    let current = true;
    api<Alert>(`/api/alerts/${encodeURIComponent(wanted)}`).then((answer) => {
      if (current)
        setState(
          answer.ok ? { id: wanted, alert: answer.value } : { id: wanted, problem: answer.error.detail },
        );
    });
    return () => {
      current = false;
    };
  }, [wanted]);

  if (!id) return null;
  const fetched = state?.id === id ? state : null;
  const alert = here ?? (fetched && "alert" in fetched ? fetched.alert : undefined);
  const problem = fetched && "problem" in fetched ? fetched.problem : null;

  function close() {
    setParams(
      (old) => {
        const next = new URLSearchParams(old);
        next.delete("alert");
        return next;
      },
      { preventScrollReset: true },
    );
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      place="side"
      title={alert ? `${alert.signature} on ${alert.asset_name || "an unnamed asset"}` : "Alert"}
    >
      {alert && (
        <>
          <div className="mb-4 flex gap-4">
            <SeverityMark severity={alert.severity} />
            <StatusMark status={alert.status} />
          </div>
          <AlertFacts alert={alert} withIncident />
          <div className="mt-4 flex flex-wrap gap-2">
            <SilenceButton
              companyId={alert.company_id}
              from={alert.id}
              asset={alert.asset_name}
              signature={alert.signature}
            />
            <CorrectionButton companyId={alert.company_id} signature={alert.signature} />
          </div>
        </>
      )}
      {!alert && problem && <p className="text-sm">{problem}</p>}
      {!alert && !problem && <Skeleton rows={6} className="p-0" />}
    </Dialog>
  );
}
