import { Tags } from "lucide-react";
import { useState } from "react";
import { CATEGORIES } from "../../../core/alert.ts";
import type { CorrectionView } from "../../../core/policy/correction.ts";
import { SEVERITIES } from "../../../core/severity.ts";
import { useViewer } from "../../lib/use-console.ts";
import { Age } from "../ui/age.tsx";
import { Button } from "../ui/button.tsx";
import { ConfirmButton } from "../ui/command-button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Empty } from "../ui/empty.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { Panel } from "../ui/panel.tsx";
import { metaOf, SaveForm } from "./save-form.tsx";

/** What the company knows better than the classifier. */
export function CorrectionsPanel({ corrections }: { corrections: CorrectionView[] }) {
  const { may } = useViewer();
  const [adding, setAdding] = useState(false);
  const add = may("noise.silence") && (
    <Button size="sm" look="primary" onClick={() => setAdding(true)}>
      Correct a signature
    </Button>
  );
  return (
    <Panel title="Corrections" aside={corrections.length > 0 && add} flush>
      {corrections.length === 0 ? (
        <Empty icon={Tags} title="No corrections" action={add || undefined}>
          Severity and category come from what a tool sends and from what a signature usually means. Say here
          where that is wrong for this company.
        </Empty>
      ) : (
        <ul className="divide-y">
          {corrections.map(({ id, signature, category, severity, comment, created_at, created_by }) => (
            <li key={id} className="flex flex-wrap items-start gap-x-3 gap-y-2 px-4 py-3 text-sm">
              <div className="min-w-0 flex-1 basis-60 space-y-1">
                <p className="break-words">
                  <span className="font-mono text-xs">{signature}</span> is always{" "}
                  <span className="font-medium">{[category, severity].filter(Boolean).join(", ")}</span>
                </p>
                {comment && <p className="break-words text-soft">{comment}</p>}
                <p className="text-xs text-faint">
                  By {created_by}, <Age at={created_at} ago />
                </p>
              </div>
              {may("noise.silence") && (
                <ConfirmButton
                  intent="correction-delete"
                  fields={{ id }}
                  done="Correction removed"
                  title={`Forget the correction of ${signature}?`}
                  text="New alerts of it are classified as before. Those that came stay as they are."
                  verb="Forget it"
                  aria-label={`Remove the correction of ${signature}`}
                >
                  Remove
                </ConfirmButton>
              )}
            </li>
          ))}
        </ul>
      )}
      <Dialog open={adding} onOpenChange={setAdding} title="Always treat a signature as">
        <NewCorrection onDone={() => setAdding(false)} />
      </Dialog>
    </Panel>
  );
}

function NewCorrection({ onDone }: { onDone(): void }) {
  const [typed, setTyped] = useState({ signature: "", category: "", severity: "", comment: "" });
  const set = (key: keyof typeof typed) => (event: { target: { value: string } }) =>
    setTyped((old) => ({ ...old, [key]: event.target.value }));
  const { signature, category, severity, comment } = typed;
  const made = { signature, comment, ...(category && { category }), ...(severity && { severity }) };
  return (
    <SaveForm intent="correction-add" done="Correction saved" submit="Save" made={made} onDone={onDone}>
      {(errors) => (
        <>
          <TextField
            meta={metaOf("signature", errors)}
            label="Signature"
            hint="As alerts show it, for instance disk_full."
            autoComplete="off"
            value={signature}
            onChange={set("signature")}
          />
          <SelectField
            meta={metaOf("category", errors)}
            label="Category"
            value={category}
            onChange={set("category")}
          >
            <option value="">As found</option>
            {CATEGORIES.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </SelectField>
          <SelectField
            meta={metaOf("severity", errors)}
            label="Severity"
            value={severity}
            onChange={set("severity")}
          >
            <option value="">As sent</option>
            {SEVERITIES.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </SelectField>
          <TextField
            meta={metaOf("comment", errors)}
            label="Why"
            autoComplete="off"
            value={comment}
            onChange={set("comment")}
          />
        </>
      )}
    </SaveForm>
  );
}
