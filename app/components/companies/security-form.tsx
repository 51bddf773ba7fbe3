import { getFormProps, type SubmissionResult, useForm } from "@conform-to/react";
import type { CompanyDetail } from "../../../core/company.ts";
import { TextAreaField } from "../ui/field.tsx";
import { SettingsForm } from "./settings-form.tsx";
import { useCompanyForm } from "./use-company-form.ts";

interface Fields {
  hmac_required: boolean;
  ip_allowlist: string;
  unsigned_tools: string[];
}

interface TickProps {
  name: string;
  value?: string;
  label: string;
  hint: string;
  checked: boolean;
}

function Tick({ name, value, label, hint, checked }: TickProps) {
  return (
    <label className="flex items-start gap-2.5 text-sm">
      <input
        type="checkbox"
        name={name}
        value={value}
        defaultChecked={checked}
        className="mt-1 size-3.5 accent-accent-solid"
      />
      <span>
        <span className="font-medium">{label}</span>
        <span className="block text-xs text-faint">{hint}</span>
      </span>
    </label>
  );
}

/** `tools` are those whose native route can do without a signature. */
export function SecurityForm({ company, tools }: { company: CompanyDetail; tools: string[] }) {
  const state = useCompanyForm("security");
  const { security } = company;
  const [form, fields] = useForm<Fields>({
    id: "security",
    lastResult: state.answer?.result as SubmissionResult<string[]> | undefined,
    defaultValue: { ip_allowlist: security.ip_allowlist.join("\n") },
  });
  return (
    <SettingsForm
      title="Security"
      intent="security"
      state={state}
      formProps={getFormProps(form)}
      errors={form.errors}
    >
      <Tick
        name="hmac_required"
        label="Require a signature"
        hint="Refuse deliveries that are not signed with the company’s secret."
        checked={security.hmac_required}
      />
      {tools.map((tool) => (
        <Tick
          key={tool}
          name="unsigned_tools"
          value={tool}
          label={`Let ${tool} send without a signature`}
          hint="Weaker: it cannot sign, so its key alone is trusted. A signature that is present is always checked."
          checked={security.unsigned_tools.includes(tool)}
        />
      ))}
      <TextAreaField
        meta={fields.ip_allowlist}
        label="Allowed addresses"
        hint="One IPv4 or IPv6 address or CIDR range a line; empty allows all."
        defaultValue={fields.ip_allowlist.initialValue}
        rows={3}
      />
    </SettingsForm>
  );
}
