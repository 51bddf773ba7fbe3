import { getFormProps, useForm } from "@conform-to/react";
import { Mail, Phone } from "lucide-react";
import type { Contact } from "../../lib/people-types.ts";
import { useIntent } from "../../lib/use-intent.ts";
import { Chip } from "../ui/chip.tsx";
import { ConfirmButton } from "../ui/command-button.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { IntentForm } from "../ui/intent-form.tsx";

/** Where one can be reached; each is confirmed by a code before anything is sent there. */
export function ContactsPanel({ contacts }: { contacts: Contact[] }) {
  return (
    <>
      {contacts.length > 0 ? (
        <ul className="divide-y border-b">
          {contacts.map((contact) => (
            <Row key={contact.id} contact={contact} />
          ))}
        </ul>
      ) : (
        <p className="px-4 pt-4 text-sm text-soft">
          None yet. Add where you want to be reached besides your sign-in address.
        </p>
      )}
      <div className="p-4">
        <Add key={contacts.length} />
      </div>
    </>
  );
}

function Row({ contact }: { contact: Contact }) {
  const Icon = contact.kind === "email" ? Mail : Phone;
  return (
    <li className="space-y-3 px-4 py-2.5">
      <div className="flex items-center gap-2.5 text-sm">
        <Icon aria-hidden className="size-4 shrink-0 text-faint" />
        <span className="min-w-0 flex-1 truncate">{contact.value}</span>
        {contact.verified_at ? (
          <Chip tone="ok">Confirmed</Chip>
        ) : (
          <Chip tone={contact.verifiable ? "warn" : "plain"}>
            {contact.verifiable ? "Not confirmed" : "Kept, not in use yet"}
          </Chip>
        )}
        <ConfirmButton
          intent="contact-remove"
          fields={{ id: contact.id }}
          done="Contact method removed"
          title="Remove this contact method?"
          text={`Nothing more is sent to ${contact.value}.`}
          verb="Remove"
          aria-label={`Remove ${contact.value}`}
        >
          Remove
        </ConfirmButton>
      </div>
      {!contact.verified_at && contact.verifiable && <Verify contact={contact} />}
    </li>
  );
}

function Verify({ contact }: { contact: Contact }) {
  const state = useIntent("contact-verify", { id: contact.id, done: "Contact method confirmed" });
  const [form, fields] = useForm<{ id: string; code: string }>({
    id: `verify-${contact.id}`,
    lastResult: state.answer?.result,
  });
  return (
    <IntentForm
      intent="contact-verify"
      state={state}
      formProps={getFormProps(form)}
      errors={form.errors}
      submit="Confirm"
    >
      <input type="hidden" name="id" value={contact.id} />
      <TextField
        meta={fields.code}
        label="Code"
        hint={`We sent it to ${contact.value}.`}
        autoComplete="one-time-code"
        inputMode="numeric"
        maxLength={12}
      />
    </IntentForm>
  );
}

function Add() {
  const state = useIntent("contact-add", { done: "Contact method added" });
  const [form, fields] = useForm<{ kind: string; value: string }>({
    id: "contact-add",
    lastResult: state.answer?.ok ? undefined : state.answer?.result,
    defaultValue: { kind: "email" },
  });
  return (
    <IntentForm
      intent="contact-add"
      state={state}
      formProps={getFormProps(form)}
      errors={form.errors}
      submit="Add contact method"
    >
      <div className="grid gap-3 sm:grid-cols-[8rem_1fr]">
        <SelectField meta={fields.kind} label="Kind" defaultValue="email">
          <option value="email">E-mail</option>
          <option value="phone">Phone</option>
        </SelectField>
        <TextField
          meta={fields.value}
          label="Address or number"
          hint="A number with its country, as in +49 30 1234567."
          defaultValue={fields.value.initialValue}
        />
      </div>
    </IntentForm>
  );
}
