import { Chip } from "../ui/chip.tsx";

/** An alert as it was understood. */
export interface AlertSummary {
  status: string;
  asset_name: string;
  signature: string;
  severity: string;
  message: string;
}

export const said = (fields: Record<string, string>) =>
  Object.entries(fields)
    .map(([path, text]) => `${path}: ${text}`)
    .join("; ");

export function UnderstoodAlert({ alert }: { alert: AlertSummary }) {
  return (
    <>
      <p className="flex flex-wrap items-center gap-2">
        <Chip tone={alert.status === "resolved" ? "ok" : "warn"}>{alert.status}</Chip>
        <Chip>{alert.severity}</Chip>
        <span className="min-w-0 break-words font-medium">
          {`${alert.signature} on ${alert.asset_name || "nothing named"}`}
        </span>
      </p>
      <p className="break-words text-soft">{alert.message}</p>
    </>
  );
}
