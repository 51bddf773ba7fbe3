import { useRevalidator } from "@remix-run/react";
import { CheckCircle2, CircleAlert, FileSpreadsheet } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import type { ImportResult, ImportRowResult } from "../../../core/asset-schema.ts";
import { api } from "../../lib/api.ts";
import { cx } from "../../lib/cx.ts";
import { count, plural } from "../../lib/format.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { FormError } from "../ui/form-error.tsx";

type State =
  | { step: "choose"; problem?: string }
  | { step: "busy"; text: string }
  | { step: "preview"; csv: string; file: string; result: ImportResult; problem?: string };

const COLUMNS = "name,type,ip,instance_id,os,environment,tags,critical,aliases,depends_on";
const SHOWN = 300;

/** UTF-8, or what spreadsheets of old write where it cannot be that. */
async function textOf(file: File): Promise<string> {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** Chooses a list, shows what would become of each row, and brings it in. */
export default function ImportDialog({ companyId, onClose }: { companyId: string; onClose(): void }) {
  const [state, setState] = useState<State>({ step: "choose" });
  const { revalidate } = useRevalidator();
  const send = (csv: string, dry_run: boolean) =>
    api<ImportResult>(`/api/companies/${companyId}/assets/import`, {
      method: "POST",
      body: { csv, dry_run },
    });

  async function choose(file: File | undefined) {
    if (!file) return;
    setState({ step: "busy", text: `Checking ${file.name}` });
    const csv = await textOf(file);
    const answer = await send(csv, true);
    if (answer.ok) setState({ step: "preview", csv, file: file.name, result: answer.value });
    else setState({ step: "choose", problem: answer.error.detail });
  }

  async function bringIn({ csv, file, result }: { csv: string; file: string; result: ImportResult }) {
    setState({ step: "busy", text: `Importing ${plural(result.created + result.updated, "asset")}` });
    const answer = await send(csv, false);
    if (!answer.ok) {
      setState({ step: "preview", csv, file, result, problem: answer.error.detail });
      return;
    }
    const { created, updated, refused } = answer.value;
    const left = refused > 0 ? ` ${plural(refused, "row")} left out.` : "";
    toast("Assets imported", { description: `${count(created)} added, ${count(updated)} changed.${left}` });
    revalidate();
    onClose();
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      place="side"
      title="Import assets from CSV"
      description="Rows whose name, address or id is known change that asset; the others are added."
    >
      {state.step === "choose" && (
        <div className="space-y-4">
          <FormError errors={state.problem ? [state.problem] : undefined} />
          <label className="flex cursor-pointer flex-col items-center gap-2 rounded-lg border border-dashed border-line-strong bg-sunken px-4 py-10 text-center text-sm focus-within:outline-2 focus-within:outline-accent hover:bg-hover">
            <FileSpreadsheet aria-hidden className="size-7 text-faint" />
            <span className="font-medium">Choose a CSV file</span>
            <span className="text-xs text-faint">At most 5,000 rows and 1 MiB; nothing changes yet.</span>
            <input
              type="file"
              accept=".csv,text/csv,text/plain"
              className="sr-only"
              onChange={(event) => void choose(event.target.files?.[0])}
            />
          </label>
          <div className="space-y-1.5 text-sm text-soft">
            <p>The first line names the columns, in any order; only the name is needed:</p>
            <pre className="overflow-x-auto rounded-md border bg-sunken px-3 py-2 text-xs whitespace-pre-wrap break-all">
              {COLUMNS}
            </pre>
            <p>
              Tags, aliases and dependencies are separated by semicolons; critical is yes or no. An empty cell
              leaves what is known.
            </p>
          </div>
        </div>
      )}
      {state.step === "busy" && (
        <div role="status" className="space-y-3 py-8 text-center text-sm">
          <p>{state.text}</p>
          <div className="mx-auto h-1.5 w-56 overflow-hidden rounded-full bg-hover">
            <div className="h-full w-full animate-shimmer bg-accent" />
          </div>
        </div>
      )}
      {state.step === "preview" && (
        <Preview
          {...state}
          onBack={() => setState({ step: "choose" })}
          onImport={() => void bringIn(state)}
        />
      )}
    </Dialog>
  );
}

interface PreviewProps {
  file: string;
  result: ImportResult;
  problem?: string;
  onBack(): void;
  onImport(): void;
}

function Preview({ file, result, problem, onBack, onImport }: PreviewProps) {
  const { created, updated, unchanged, refused } = result;
  const usable = created + updated;
  // What is wrong first: it may be why somebody looks at the preview at all.
  const rows = [...result.rows].sort((a, b) => Number(a.ok) - Number(b.ok) || a.line - b.line);
  const figures = [
    [created, "to add"],
    [updated, "to change"],
    [unchanged, "as they are"],
    [refused, "with errors"],
  ] as const;
  return (
    <div className="flex min-h-full flex-col gap-4">
      <FormError errors={problem ? [problem] : undefined} />
      <p className="truncate text-sm text-soft">{file}</p>
      <dl className="grid grid-cols-4 gap-2 text-center">
        {figures.map(([n, word]) => (
          <div key={word} className="flex flex-col-reverse rounded-md border bg-surface px-1 py-2">
            <dt className="text-xs text-faint">{word}</dt>
            <dd className={cx("text-lg font-semibold", word === "with errors" && n > 0 && "text-danger")}>
              {count(n)}
            </dd>
          </div>
        ))}
      </dl>
      <div className="flex flex-wrap items-center gap-2">
        <Button look="primary" disabled={usable === 0} onClick={onImport}>
          {usable === 0 ? "Nothing to import" : `Import ${plural(usable, "asset")}`}
        </Button>
        <Button onClick={onBack}>Choose another file</Button>
        {refused > 0 && usable > 0 && (
          <p className="text-xs text-faint">{plural(refused, "row")} with errors will be left out.</p>
        )}
      </div>
      <div className="overflow-hidden rounded-md border">
        <table className="w-full text-sm">
          <caption className="sr-only">Rows of the file</caption>
          <thead className="text-left text-xs text-faint">
            <tr className="border-b">
              <th scope="col" className="px-3 py-1.5 font-normal">
                Line
              </th>
              <th scope="col" className="px-3 py-1.5 font-normal">
                Name
              </th>
              <th scope="col" className="w-full px-3 py-1.5 font-normal">
                What happens
              </th>
            </tr>
          </thead>
          <tbody className="divide-y">
            {rows.slice(0, SHOWN).map((row) => (
              <PreviewRow key={row.line} row={row} />
            ))}
          </tbody>
        </table>
        {rows.length > SHOWN && (
          <p className="border-t px-3 py-2 text-xs text-faint">And {count(rows.length - SHOWN)} more rows.</p>
        )}
      </div>
    </div>
  );
}

const ACTION = { create: "Add", update: "Change", unchanged: "Nothing new" } as const;

function PreviewRow({ row }: { row: ImportRowResult }) {
  return (
    <tr className={cx(!row.ok && "bg-danger/10")}>
      <td className="px-3 py-1.5 align-top text-faint">{row.line}</td>
      <td className="max-w-40 truncate px-3 py-1.5 align-top">{row.name || "—"}</td>
      <td className="px-3 py-1.5 align-top">
        {row.ok ? (
          <span className="inline-flex items-center gap-1.5 text-soft">
            <CheckCircle2 aria-hidden className="size-3.5 shrink-0 text-ok" />
            {row.action && ACTION[row.action]}
          </span>
        ) : (
          <span className="inline-flex items-start gap-1.5 text-danger">
            <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
            <span className="break-words">{row.error}</span>
          </span>
        )}
      </td>
    </tr>
  );
}
