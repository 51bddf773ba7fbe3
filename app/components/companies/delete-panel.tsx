import { useState } from "react";
import { useCompany } from "../../lib/company-context.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { TextField } from "../ui/field.tsx";
import { FormError } from "../ui/form-error.tsx";
import { Panel } from "../ui/panel.tsx";
import { useCompanyForm } from "./use-company-form.ts";

function Confirm({ name, onClose }: { name: string; onClose(): void }) {
  const { fetcher, answer, busy } = useCompanyForm("delete");
  const [typed, setTyped] = useState("");
  const errors = answer?.result?.error?.confirm_name ?? undefined;
  const meta = {
    id: "confirm_name",
    name: "confirm_name",
    errorId: "confirm_name-error",
    descriptionId: "confirm_name-hint",
    errors,
  };
  return (
    <fetcher.Form method="post" className="space-y-4">
      <input type="hidden" name="intent" value="delete" />
      <FormError errors={answer?.problem && !errors ? [answer.problem] : undefined} />
      <TextField
        meta={meta}
        label={`Type “${name}” to confirm`}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        autoComplete="off"
      />
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="destroy" disabled={busy || typed.trim() !== name}>
          {busy ? "Deleting" : "Delete the company"}
        </Button>
      </div>
    </fetcher.Form>
  );
}

/** The end of a company, behind its typed name. */
export function DeletePanel() {
  const { name } = useCompany();
  const [open, setOpen] = useState(false);
  return (
    <Panel title="Delete the company" className="border-danger/40">
      <p className="mb-4 text-sm text-soft">
        Removes its alerts, incidents, assets, settings, files and keys everywhere, for good. Its tools are
        refused at once. Export first what you may need; only the audit log’s entries stay.
      </p>
      <Button
        look="danger"
        onClick={() => setOpen(true)}
        className="h-auto! min-h-8 max-w-full py-1 text-left whitespace-normal!"
      >
        Delete {name}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={`Delete ${name}?`}
        description="This cannot be undone."
      >
        <Confirm name={name} onClose={() => setOpen(false)} />
      </Dialog>
    </Panel>
  );
}
