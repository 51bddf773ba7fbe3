import { useState } from "react";
import type { Condition } from "../../../core/policy/condition.ts";
import { Dialog } from "../ui/dialog.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { ConditionBuilder } from "./condition-builder.tsx";
import { conditionOf, draftOf, textLine } from "./draft.ts";
import { MatchPreview } from "./match-preview.tsx";
import { metaOf, SaveForm } from "./save-form.tsx";

interface SilenceDialogProps {
  companyId: string;
  /** Alerts like this one; left out: to be said. */
  like?: Condition;
  /** The alert or incident it is made from. */
  from?: string;
  onClose(): void;
}

const LENGTHS = [
  [15, "15 minutes"],
  [60, "1 hour"],
  [240, "4 hours"],
  [1440, "1 day"],
  [10_080, "7 days"],
  [43_200, "30 days"],
] as const;

/** A silence from now on, for as long as is chosen. */
export default function SilenceDialog({ companyId, like, from, onClose }: SilenceDialogProps) {
  const [draft, setDraft] = useState(() =>
    like ? draftOf(like) : { mode: "all" as const, lines: [textLine()], json: "" },
  );
  const [minutes, setMinutes] = useState(60);
  const [comment, setComment] = useState("");
  const [opened] = useState(() => Date.now());
  const condition = conditionOf(draft);
  const ends_at = new Date(opened + minutes * 60_000).toISOString();
  const made = "when" in condition ? { when: condition.when, comment, ends_at, ...(from && { from }) } : null;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      place="side"
      title={like ? "Silence alerts like this" : "Silence alerts"}
      description="New ones are kept and marked, without an incident. Recoveries pass. Incidents that are open stay."
    >
      <SaveForm
        intent="silence-add"
        done="Silenced"
        submit="Silence"
        made={made}
        onDone={onClose}
        action={`/companies/${companyId}/noise`}
      >
        {(errors) => (
          <>
            <ConditionBuilder draft={draft} onChange={setDraft} errors={errors} zone="UTC" />
            <MatchPreview
              path={`/api/companies/${companyId}/rules/preview`}
              body={"when" in condition ? { when: condition.when } : null}
            />
            <SelectField
              meta={metaOf("ends_at", errors)}
              label="For how long"
              value={minutes}
              onChange={(event) => setMinutes(Number(event.target.value))}
            >
              {LENGTHS.map(([value, name]) => (
                <option key={value} value={value}>
                  {name}
                </option>
              ))}
            </SelectField>
            <TextField
              meta={metaOf("comment", errors)}
              label="Why"
              placeholder="New disk ordered"
              autoComplete="off"
              value={comment}
              onChange={(event) => setComment(event.target.value)}
            />
          </>
        )}
      </SaveForm>
    </Dialog>
  );
}
