import { useState } from "react";
import { SaveForm } from "../../noise/save-form.tsx";
import { type TimedWindow, timedOf, typedOf, WindowFields } from "../../noise/window-fields.tsx";
import { Dialog } from "../../ui/dialog.tsx";

interface PlanDialogProps {
  /** null: a new one. */
  window: TimedWindow | null;
  zone: string;
  onPlanned(window: TimedWindow): void;
  onClose(): void;
}

/** One maintenance window of a company that is not there yet; the server says whether it can be. */
export default function PlanDialog({ window, zone, onPlanned, onClose }: PlanDialogProps) {
  const [typed, setTyped] = useState(() => typedOf(window, zone));
  const made = timedOf(typed);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      place="side"
      title={window ? "Change a maintenance window" : "Plan a maintenance window"}
      description="It covers the whole company; conditions can be added on its noise page."
    >
      <SaveForm
        intent="check-window"
        // The list says it; a toast would lie over the wizard's buttons.
        done=""
        submit={window ? "Change the window" : "Plan the window"}
        made={made}
        onDone={() => {
          onPlanned(made);
          onClose();
        }}
      >
        {(errors) => <WindowFields typed={typed} onChange={setTyped} errors={errors} />}
      </SaveForm>
    </Dialog>
  );
}
