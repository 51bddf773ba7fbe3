import { getFormProps, type SubmissionResult, useForm } from "@conform-to/react";
import type { CompanyDetail } from "../../../core/company.ts";
import { SelectField, TextField } from "../ui/field.tsx";
import { SettingsForm } from "./settings-form.tsx";
import { useCompanyForm } from "./use-company-form.ts";

const STRATEGIES = [
  ["asset|signature", "Same asset and same problem"],
  ["asset|signature|tool", "Same asset, problem and tool"],
  ["signature", "Same problem on any asset"],
  ["asset", "Everything on one asset"],
] as const;

interface Fields {
  strategy: string;
  window_minutes: number;
  resolve_delay_minutes: number;
  reopen_minutes: number;
}

export function CorrelationForm({ company }: { company: CompanyDetail }) {
  const state = useCompanyForm("correlation");
  const [form, fields] = useForm<Fields>({
    id: "correlation",
    lastResult: state.answer?.result as SubmissionResult<string[]> | undefined,
    defaultValue: company.correlation,
  });
  return (
    <SettingsForm
      title="Correlation"
      intent="correlation"
      state={state}
      formProps={getFormProps(form)}
      errors={form.errors}
    >
      <SelectField
        meta={fields.strategy}
        label="Alerts are one incident when they share"
        defaultValue={fields.strategy.initialValue}
      >
        {STRATEGIES.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </SelectField>
      <TextField
        meta={fields.window_minutes}
        label="Window, minutes"
        type="number"
        min={0.01}
        max={1440}
        step="any"
        inputMode="decimal"
        defaultValue={fields.window_minutes.initialValue}
        hint="Counted from the last alert; 5 to 15 suits most."
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          meta={fields.resolve_delay_minutes}
          label="Resolve delay, minutes"
          type="number"
          min={0}
          max={1440}
          step="any"
          inputMode="decimal"
          defaultValue={fields.resolve_delay_minutes.initialValue}
          hint="Quiet time after the last recovery."
        />
        <TextField
          meta={fields.reopen_minutes}
          label="Reopen within, minutes"
          type="number"
          min={0}
          max={1440}
          step="any"
          inputMode="decimal"
          defaultValue={fields.reopen_minutes.initialValue}
          hint="Later, a new incident opens instead."
        />
      </div>
    </SettingsForm>
  );
}
