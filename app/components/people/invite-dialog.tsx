import { getFormProps, useForm } from "@conform-to/react";
import { useScope } from "../../lib/use-console.ts";
import { useIntent } from "../../lib/use-intent.ts";
import { Dialog } from "../ui/dialog.tsx";
import { TextField } from "../ui/field.tsx";
import { IntentForm } from "../ui/intent-form.tsx";
import { RoleFields } from "./role-fields.tsx";

interface Fields {
  email: string;
  role: string;
  company_ids: string[];
}

export function InviteDialog({ open, onOpenChange }: { open: boolean; onOpenChange(open: boolean): void }) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Invite somebody"
      description="They get a mail with a link to choose a name and a password."
    >
      <InviteForm onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function InviteForm({ onDone }: { onDone(): void }) {
  const scope = useScope();
  const state = useIntent("invite", { done: "Invitation sent", onDone });
  const [form, fields] = useForm<Fields>({ id: "invite", lastResult: state.answer?.result });
  return (
    <IntentForm
      intent="invite"
      state={state}
      formProps={getFormProps(form)}
      errors={form.errors}
      submit="Send the invitation"
      look="primary"
    >
      <TextField
        meta={fields.email}
        label="E-mail"
        type="email"
        autoFocus
        autoComplete="off"
        defaultValue={fields.email.initialValue}
        required
      />
      <RoleFields
        role={fields.role}
        companies={fields.company_ids}
        initial={{ role: "technician", company_ids: scope ? [scope] : [] }}
      />
    </IntentForm>
  );
}
