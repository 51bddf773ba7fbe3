import { Link } from "@remix-run/react";
import { CheckCircle2, LoaderCircle, Unplug } from "lucide-react";
import type { CompanyIntake } from "../../../core/rejection.ts";
import { useLive } from "../../live/use-live.ts";
import { Age } from "../ui/age.tsx";

interface FirstAlertProps {
  companyId: string;
  /** What the server knew of earlier alerts; a new company has none. */
  intake?: CompanyIntake;
}

/** Says by itself when the company's first alert arrives. */
export function FirstAlert({ companyId, intake }: FirstAlertProps) {
  const { alerts, status } = useLive();
  const own = [...alerts.values()].filter((alert) => alert.company_id === companyId);
  const latest = own.at(-1);
  const first = intake?.first_alert_at;
  return (
    <div role="status" className="flex items-center gap-3 rounded-md border bg-sunken px-4 py-3 text-sm">
      {latest ? (
        <>
          <CheckCircle2 aria-hidden className="size-5 shrink-0 text-ok" />
          <p className="min-w-0 flex-1 break-words">
            <strong className="font-semibold">{first ? "Alert received" : "First alert received"}</strong>:{" "}
            {latest.message || latest.signature}
          </p>
          <Link
            to={latest.incident_id ? `/incidents/${latest.incident_id}` : `/alerts?company_id=${companyId}`}
            className="shrink-0 text-accent underline underline-offset-2"
          >
            Look at it
          </Link>
        </>
      ) : first ? (
        <>
          <CheckCircle2 aria-hidden className="size-5 shrink-0 text-ok" />
          <p className="min-w-0 flex-1">
            <strong className="font-semibold">Receiving</strong>: first alert <Age at={first} ago />
            {intake?.last_alert_at && (
              <>
                , the last <Age at={intake.last_alert_at} ago />
              </>
            )}
          </p>
        </>
      ) : status === "live" ? (
        <>
          <LoaderCircle aria-hidden className="size-5 shrink-0 animate-spin text-faint" />
          Waiting for the first alert. This page notices it by itself.
        </>
      ) : (
        <>
          <Unplug aria-hidden className="size-5 shrink-0 text-faint" />
          Live updates are not connected right now, so an alert would go unnoticed here. Reconnecting.
        </>
      )}
    </div>
  );
}
