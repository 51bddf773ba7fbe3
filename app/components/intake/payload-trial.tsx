import { Link } from "@remix-run/react";
import { useState } from "react";
import type { DryRun } from "../../../core/engine/dry-run.ts";
import { plural } from "../../lib/format.ts";
import { TextAreaField } from "../ui/field.tsx";
import { metaUnder } from "./field-errors.ts";
import { type AlertSummary, said, UnderstoodAlert } from "./understood-alert.tsx";
import { type PreviewState, usePreview } from "./use-preview.ts";

type Keys = Omit<DryRun, "alert" | "incident"> & { incident: { id: string; title: string } | null };

/** What a tool's payload would become, as the API answers it. */
interface Trial {
  detail: string | null;
  fields: Record<string, string>;
  total: number;
  items: {
    index: number;
    fields: Record<string, string>;
    alert: AlertSummary | null;
    keys: Keys | null;
  }[];
}

function KeyRow({ label, value, note }: { label: string; value: string; note?: string }) {
  return (
    <div className="grid gap-x-3 gap-y-0.5 py-1 sm:grid-cols-[7rem_1fr]">
      <dt className="text-faint">{label}</dt>
      <dd className="min-w-0">
        <span className="break-all font-mono">{value}</span>
        {note && <span className="block text-soft">{note}</span>}
      </dd>
    </div>
  );
}

function TrialKeys({ keys }: { keys: Keys }) {
  const { asset, signature, dedup, group, incident, would } = keys;
  return (
    <>
      <p className="break-words">
        {would}{" "}
        {incident && (
          <Link className="text-accent underline underline-offset-2" to={`/incidents/${incident.id}`}>
            Open {incident.title}
          </Link>
        )}
      </p>
      <dl className="text-xs">
        <KeyRow label="Alert key" value={dedup.key} note={dedup.text} />
        <KeyRow label="Incident key" value={group.key ?? "none"} note={group.text} />
        <KeyRow label="Asset" value={asset || "could not be told"} />
        <KeyRow label="Signature" value={signature} />
      </dl>
    </>
  );
}

function TrialResult({ state }: { state: PreviewState<Trial> }) {
  const trial = state && "preview" in state ? state.preview : null;
  const problem = state && "problem" in state ? state.problem : null;
  const wrong = problem ?? (trial?.detail ? `${trial.detail} ${said(trial.fields)}`.trim() : null);
  return (
    <section
      aria-label="What becomes of the payload"
      aria-live="polite"
      className="space-y-2 rounded-md border bg-sunken p-3 text-sm"
    >
      {!state && <p className="text-soft">Paste a payload to see what becomes of it.</p>}
      {wrong && <p className="break-words text-danger">{wrong}</p>}
      {trial && trial.items.length > 0 && (
        <ul className="divide-y">
          {trial.items.map(({ index, alert, fields, keys }) => (
            <li key={index} className="space-y-1 py-2 first:pt-0 last:pb-0">
              {alert ? (
                <UnderstoodAlert alert={alert} />
              ) : (
                <p className="break-words text-danger">{said(fields)}</p>
              )}
              {keys && <TrialKeys keys={keys} />}
            </li>
          ))}
        </ul>
      )}
      {trial && trial.total > trial.items.length && (
        <p className="text-faint">and {plural(trial.total - trial.items.length, "more alert")}</p>
      )}
    </section>
  );
}

/** A payload to try: what would be understood of it, the keys it would get, and what is under those now. */
export function PayloadTrial({ companyId, tool }: { companyId: string; tool: string }) {
  const [body, setBody] = useState("");
  const path = `/api/companies/${companyId}/integrations/${tool}/preview`;
  const state = usePreview<Trial>(path, body.trim() ? { body } : null);
  return (
    <details className="text-sm">
      <summary className="cursor-pointer text-soft">What would a payload become?</summary>
      <div className="mt-3 space-y-3">
        <TextAreaField
          meta={metaUnder("payload", {})}
          label="A payload"
          hint="As the tool sends it. Nothing is kept; rules, silences and dependencies are not asked."
          rows={6}
          spellCheck={false}
          value={body}
          onChange={(event) => setBody(event.target.value)}
        />
        <TrialResult state={state} />
      </div>
    </details>
  );
}
