import { getFormProps, useForm } from "@conform-to/react";
import type { CompanyDetail } from "../../../core/company.ts";
import { SelectField, TextAreaField, TextField } from "../ui/field.tsx";
import { SettingsForm } from "./settings-form.tsx";
import { useCompanyForm } from "./use-company-form.ts";

interface Fields {
  name: string;
  time_zone: string;
  critical_assets: string;
}

export function GeneralForm({ company, zones }: { company: CompanyDetail; zones: string[] }) {
  const state = useCompanyForm("general");
  const [form, fields] = useForm<Fields>({
    id: "general",
    lastResult: state.answer?.result,
    defaultValue: {
      name: company.name,
      time_zone: company.time_zone,
      critical_assets: company.critical_assets.join("\n"),
    },
  });
  return (
    <SettingsForm
      title="General"
      intent="general"
      state={state}
      formProps={getFormProps(form)}
      errors={form.errors}
    >
      <TextField meta={fields.name} label="Name" defaultValue={fields.name.initialValue} required />
      <SelectField meta={fields.time_zone} label="Time zone" defaultValue={fields.time_zone.initialValue}>
        {zones.map((zone) => (
          <option key={zone}>{zone}</option>
        ))}
      </SelectField>
      <TextAreaField
        meta={fields.critical_assets}
        label="Critical assets"
        hint="One name a line. An incident on one of them scores 20 more."
        defaultValue={fields.critical_assets.initialValue}
        rows={3}
      />
    </SettingsForm>
  );
}
