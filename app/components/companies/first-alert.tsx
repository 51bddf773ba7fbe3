import { Link } from "@remix-run/react";
import { CheckCircle2, LoaderCircle, Unplug } from "lucide-react";
import { useLive } from "../../live/use-live.ts";

/** Says by itself when the company's first alert arrives. */
export function FirstAlert({ companyId }: { companyId: string }) {
  const { alerts, status } = useLive();
  const first = [...alerts.values()].find((alert) => alert.company_id === companyId);
  return (
    <div role="status" className="flex items-center gap-3 rounded-md border bg-sunken px-4 py-3 text-sm">
      {first ? (
        <>
          <CheckCircle2 aria-hidden className="size-5 shrink-0 text-ok" />
          <p className="min-w-0 flex-1 break-words">
            <strong className="font-semibold">First alert received</strong>:{" "}
            {first.message || first.signature}
          </p>
          <Link
            to={first.incident_id ? `/incidents/${first.incident_id}` : `/alerts?company_id=${companyId}`}
            className="shrink-0 text-accent underline underline-offset-2"
          >
            Look at it
          </Link>
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
