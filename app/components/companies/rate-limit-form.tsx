import { getFormProps, type SubmissionResult, useForm } from "@conform-to/react";
import type { CompanyDetail } from "../../../core/company.ts";
import { TextField } from "../ui/field.tsx";
import { SettingsForm } from "./settings-form.tsx";
import { useCompanyForm } from "./use-company-form.ts";

interface Fields {
  requests_per_minute: number;
  burst: number;
}

export function RateLimitForm({ company }: { company: CompanyDetail }) {
  const state = useCompanyForm("rate-limit");
  const [form, fields] = useForm<Fields>({
    id: "rate-limit",
    lastResult: state.answer?.result as SubmissionResult<string[]> | undefined,
    defaultValue: company.rate_limit,
  });
  return (
    <SettingsForm
      title="Rate limit"
      intent="rate-limit"
      state={state}
      formProps={getFormProps(form)}
      errors={form.errors}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          meta={fields.requests_per_minute}
          label="Requests per minute"
          type="number"
          min={1}
          step={1}
          inputMode="numeric"
          defaultValue={fields.requests_per_minute.initialValue}
        />
        <TextField
          meta={fields.burst}
          label="Burst"
          type="number"
          min={1}
          step={1}
          inputMode="numeric"
          defaultValue={fields.burst.initialValue}
          hint="How many may come at once."
        />
      </div>
    </SettingsForm>
  );
}
