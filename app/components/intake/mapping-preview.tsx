import { Chip } from "../ui/chip.tsx";

export interface Preview {
  fits: boolean;
  detail: string | null;
  fields: Record<string, string>;
  total: number;
  items: {
    index: number;
    alert: {
      status: string;
      asset_name: string;
      signature: string;
      severity: string;
      message: string;
    } | null;
    dedup_key: string | null;
    fields: Record<string, string>;
  }[];
}

const said = (fields: Record<string, string>) =>
  Object.entries(fields)
    .map(([path, text]) => `${path}: ${text}`)
    .join("; ");

/** What the mapping makes of the body, or why it cannot. */
export function MappingPreview({ preview }: { preview: Preview | string | null }) {
  if (preview === null) return <p className="text-sm text-faint">Give a body to see what becomes of it.</p>;
  const wrong =
    typeof preview === "string" ? preview : preview.detail && `${preview.detail} ${said(preview.fields)}`;
  return (
    <section
      aria-label="What becomes of it"
      aria-live="polite"
      className="space-y-2 rounded-md border p-3 text-sm"
    >
      {wrong && <p className="text-danger">{wrong}</p>}
      {typeof preview !== "string" &&
        preview.items.map(({ index, alert, dedup_key, fields }) => (
          <div key={index} className="space-y-0.5">
            {alert ? (
              <>
                <p className="flex flex-wrap items-center gap-2">
                  <Chip tone={alert.status === "resolved" ? "ok" : "warn"}>{alert.status}</Chip>
                  <Chip>{alert.severity}</Chip>
                  <span className="font-medium">{`${alert.signature} on ${alert.asset_name || "nothing named"}`}</span>
                </p>
                <p className="break-words text-soft">{alert.message}</p>
                <p className="break-all font-mono text-xs text-faint">key: {dedup_key}</p>
              </>
            ) : (
              <p className="text-danger">{said(fields)}</p>
            )}
          </div>
        ))}
      {typeof preview !== "string" && preview.total > preview.items.length && (
        <p className="text-faint">and {preview.total - preview.items.length} more</p>
      )}
    </section>
  );
}
