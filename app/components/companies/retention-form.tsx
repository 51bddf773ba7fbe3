import { getFormProps, useForm } from "@conform-to/react";
import type { Retention } from "../../../core/settings.ts";
import { TextField } from "../ui/field.tsx";
import { SettingsForm, type SettingsOf } from "./settings-form.tsx";
import { useCompanyForm } from "./use-company-form.ts";

const NAMES = { alerts_days: "Alerts, days", incidents_days: "Incidents, days" };

export function RetentionForm({ loaded, round, startAnew }: SettingsOf<Retention>) {
  const state = useCompanyForm("retention", round);
  const [form, fields] = useForm<Retention>({
    id: "retention",
    lastResult: state.answer?.result,
    defaultValue: loaded.value,
  });
  const days = { type: "number", min: 1, step: 1, inputMode: "numeric" } as const;
  return (
    <SettingsForm
      title="Retention"
      intent="retention"
      state={state}
      formProps={getFormProps(form)}
      errors={form.errors}
      etag={loaded.etag}
      names={NAMES}
      startAnew={startAnew}
    >
      <p className="text-sm text-soft">
        What is over is deleted after this many days. What is open stays, however old.
      </p>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          meta={fields.alerts_days}
          label="Keep alerts, days"
          {...days}
          max={400}
          defaultValue={fields.alerts_days.initialValue}
          hint="Resolved and expired ones; at most 400."
        />
        <TextField
          meta={fields.incidents_days}
          label="Keep incidents, days"
          {...days}
          max={1200}
          defaultValue={fields.incidents_days.initialValue}
          hint="Resolved ones with their timelines; at most 1200."
        />
      </div>
    </SettingsForm>
  );
}
