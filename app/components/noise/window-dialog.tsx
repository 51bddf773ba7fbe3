import { useState } from "react";
import type { WindowView } from "../../../core/policy/maintenance.ts";
import { Dialog } from "../ui/dialog.tsx";
import { TextField } from "../ui/field.tsx";
import { ConditionBuilder } from "./condition-builder.tsx";
import { conditionOf, draftOf } from "./draft.ts";
import { MatchPreview } from "./match-preview.tsx";
import { RepeatFields, repeatOf, rruleOf } from "./repeat-fields.tsx";
import { Check } from "./rule-dialog.tsx";
import { metaOf, SaveForm } from "./save-form.tsx";
import { nowIn } from "./zone-time.ts";

interface WindowDialogProps {
  window: WindowView | null;
  companyId: string;
  zone: string;
  onClose(): void;
}

/** A maintenance window, new or changed, with its next times and what it would have covered. */
export default function WindowDialog({ window, companyId, zone, onClose }: WindowDialogProps) {
  const [typed, setTyped] = useState(() => ({
    name: window?.name ?? "",
    starts_at: window?.starts_at ?? nowIn(zone),
    zone: window?.zone ?? zone,
    minutes: String(window?.duration_minutes ?? 60),
  }));
  const [repeat, setRepeat] = useState(() => repeatOf(window?.rrule ?? null));
  const [draft, setDraft] = useState(() => draftOf(window?.when ?? null));
  const [enabled, setEnabled] = useState(window?.enabled ?? true);
  const [security_breaks_through, setBreaks] = useState(window?.security_breaks_through ?? false);
  const set = (key: keyof typeof typed) => (event: { target: { value: string } }) =>
    setTyped((old) => ({ ...old, [key]: event.target.value }));
  const condition = conditionOf(draft);
  const { starts_at, name } = typed;
  const when = "when" in condition ? condition.when : null;
  const timed = {
    starts_at,
    zone: typed.zone,
    duration_minutes: Number(typed.minutes),
    rrule: rruleOf(repeat),
  };
  const made = "when" in condition ? { name, enabled, security_breaks_through, when, ...timed } : null;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      place="side"
      title={window ? "Change a maintenance window" : "Plan a maintenance window"}
    >
      <SaveForm
        intent={window ? "window-save" : "window-add"}
        id={window?.id}
        done={window ? "Window saved" : "Window planned"}
        submit={window ? "Save the window" : "Plan the window"}
        made={made}
        onDone={onClose}
      >
        {(errors) => (
          <>
            <TextField
              meta={metaOf("name", errors)}
              label="Name"
              placeholder="Patch night"
              autoComplete="off"
              value={name}
              onChange={set("name")}
            />
            <div className="grid gap-4 sm:grid-cols-2">
              <TextField
                meta={metaOf("starts_at", errors)}
                label="Starts"
                type="datetime-local"
                value={starts_at}
                onChange={set("starts_at")}
              />
              <TextField
                meta={metaOf("zone", errors)}
                label="Time zone"
                hint="Its clocks count, summer time included."
                value={typed.zone}
                onChange={set("zone")}
              />
              <TextField
                meta={metaOf("duration_minutes", errors)}
                label="Minutes"
                inputMode="decimal"
                value={typed.minutes}
                onChange={set("minutes")}
              />
            </div>
            <RepeatFields repeat={repeat} onChange={setRepeat} errors={errors} />
            <ConditionBuilder draft={draft} onChange={setDraft} errors={errors} zone={typed.zone} />
            <MatchPreview
              path={`/api/companies/${companyId}/maintenance-windows/preview`}
              body={made && { when, ...timed }}
            />
            <Check
              checked={security_breaks_through}
              onChange={setBreaks}
              label="Critical security alerts break through"
            />
            <Check checked={enabled} onChange={setEnabled} label="In force" />
          </>
        )}
      </SaveForm>
    </Dialog>
  );
}
