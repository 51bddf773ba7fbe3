import { getFormProps, useForm } from "@conform-to/react";
import type { Profile } from "../../lib/profile.server.ts";
import { useIntent } from "../../lib/use-intent.ts";
import { SelectField, TextField } from "../ui/field.tsx";
import { IntentForm } from "../ui/intent-form.tsx";

/** Name and time zone. */
export function PersonPanel({ profile, zones }: { profile: Profile; zones: string[] }) {
  const state = useIntent("profile", { done: "Profile saved" });
  const [form, fields] = useForm<{ name: string; time_zone: string }>({
    id: "profile",
    lastResult: state.answer?.result,
    defaultValue: { name: profile.name, time_zone: profile.time_zone },
  });
  return (
    <IntentForm
      intent="profile"
      state={state}
      formProps={getFormProps(form)}
      errors={form.errors}
      submit="Save"
    >
      <TextField
        meta={fields.name}
        label="Name"
        autoComplete="name"
        defaultValue={fields.name.initialValue}
        required
      />
      <SelectField
        meta={fields.time_zone}
        label="Time zone"
        hint="For times in what is sent to you."
        defaultValue={fields.time_zone.initialValue}
      >
        {zones.map((zone) => (
          <option key={zone}>{zone}</option>
        ))}
      </SelectField>
    </IntentForm>
  );
}
