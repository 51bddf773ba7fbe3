import { useState } from "react";
import type { WindowView } from "../../../core/policy/maintenance.ts";
import { Dialog } from "../ui/dialog.tsx";
import { ConditionBuilder } from "./condition-builder.tsx";
import { conditionOf, draftOf } from "./draft.ts";
import { MatchPreview } from "./match-preview.tsx";
import { Check } from "./rule-dialog.tsx";
import { SaveForm } from "./save-form.tsx";
import { timedOf, typedOf, WindowFields } from "./window-fields.tsx";

interface WindowDialogProps {
  window: WindowView | null;
  companyId: string;
  zone: string;
  onClose(): void;
}

/** A maintenance window, new or changed, with its next times and what it would have covered. */
export default function WindowDialog({ window, companyId, zone, onClose }: WindowDialogProps) {
  const [typed, setTyped] = useState(() => typedOf(window, zone));
  const [draft, setDraft] = useState(() => draftOf(window?.when ?? null));
  const [enabled, setEnabled] = useState(window?.enabled ?? true);
  const [security_breaks_through, setBreaks] = useState(window?.security_breaks_through ?? false);
  const condition = conditionOf(draft);
  const when = "when" in condition ? condition.when : null;
  const { name, ...timed } = timedOf(typed);
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
            <WindowFields typed={typed} onChange={setTyped} errors={errors} />
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
