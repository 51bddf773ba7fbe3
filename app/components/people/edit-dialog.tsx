import { getFormProps, useForm } from "@conform-to/react";
import type { Person } from "../../lib/people-types.ts";
import { useIntent } from "../../lib/use-intent.ts";
import { Dialog } from "../ui/dialog.tsx";
import { IntentForm } from "../ui/intent-form.tsx";
import { RoleFields } from "./role-fields.tsx";

interface Fields {
  id: string;
  role: string;
  company_ids: string[];
}

/** Role and companies of one person. */
export function EditDialog({ person, onClose }: { person: Person; onClose(): void }) {
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={person.name}
      description="A change takes effect at once, in pages that are open as well."
    >
      <EditForm person={person} onDone={onClose} />
    </Dialog>
  );
}

function EditForm({ person, onDone }: { person: Person; onDone(): void }) {
  const state = useIntent("person-edit", { id: person.id, done: `${person.name} saved`, onDone });
  const [form, fields] = useForm<Fields>({ id: "person-edit", lastResult: state.answer?.result });
  return (
    <IntentForm
      intent="person-edit"
      state={state}
      formProps={getFormProps(form)}
      errors={form.errors}
      submit="Save"
      look="primary"
    >
      <input type="hidden" name="id" value={person.id} />
      <RoleFields role={fields.role} companies={fields.company_ids} initial={person} />
    </IntentForm>
  );
}
