import { getFormProps, useForm } from "@conform-to/react";
import type { CorrelationSettings } from "../../../core/settings.ts";
import { SelectField, TextField } from "../ui/field.tsx";
import { SettingsForm, type SettingsOf } from "./settings-form.tsx";
import { STRATEGIES } from "./strategies.ts";
import { useCompanyForm } from "./use-company-form.ts";

const NAMES = {
  strategy: "Grouped by",
  window_minutes: "Window, minutes",
  resolve_delay_minutes: "Resolve delay, minutes",
  reopen_minutes: "Reopen within, minutes",
};

export function CorrelationForm({ loaded, round, startAnew }: SettingsOf<CorrelationSettings>) {
  const state = useCompanyForm("correlation", round);
  const [form, fields] = useForm<Record<keyof typeof NAMES, string | number>>({
    id: "correlation",
    lastResult: state.answer?.result,
    defaultValue: loaded.value,
  });
  const minutes = { type: "number", max: 1440, step: "any", inputMode: "decimal" } as const;
  return (
    <SettingsForm
      title="Correlation"
      intent="correlation"
      state={state}
      formProps={getFormProps(form)}
      errors={form.errors}
      etag={loaded.etag}
      names={NAMES}
      startAnew={startAnew}
      tryable
    >
      <SelectField
        meta={fields.strategy}
        label="Alerts are one incident by"
        defaultValue={fields.strategy.initialValue}
      >
        {STRATEGIES.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <TextField
        meta={fields.window_minutes}
        label="Window, minutes"
        {...minutes}
        min={0.01}
        defaultValue={fields.window_minutes.initialValue}
        hint="Counted from the last alert; 5 to 15 suits most. Smart grouping finds its own."
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          meta={fields.resolve_delay_minutes}
          label="Resolve delay, minutes"
          {...minutes}
          min={0}
          defaultValue={fields.resolve_delay_minutes.initialValue}
          hint="Quiet time after the last recovery."
        />
        <TextField
          meta={fields.reopen_minutes}
          label="Reopen within, minutes"
          {...minutes}
          min={0}
          defaultValue={fields.reopen_minutes.initialValue}
          hint="Later, a new incident opens instead."
        />
      </div>
    </SettingsForm>
  );
}
