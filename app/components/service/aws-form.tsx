import { getFormProps, useForm } from "@conform-to/react";
import type { AwsAccessView } from "../../../core/aws-access.ts";
import { SettingsForm, type SettingsOf } from "../companies/settings-form.tsx";
import { useCompanyForm } from "../companies/use-company-form.ts";
import { TextAreaField, TextField } from "../ui/field.tsx";
import { metaAt } from "./meta-at.ts";
import { NotYet } from "./not-yet.tsx";

const NAMES = { account_id: "Account", role_arn: "Role", regions: "Regions" };

export function AwsForm({ loaded, round, startAnew }: SettingsOf<AwsAccessView>) {
  const state = useCompanyForm("aws", round);
  const { value } = loaded;
  const [form] = useForm({ id: "aws", lastResult: state.answer?.result });
  return (
    <SettingsForm
      title="AWS access"
      what="AWS access"
      intent="aws"
      needs="company.automation"
      state={state}
      formProps={getFormProps(form)}
      errors={form.errors}
      etag={loaded.etag}
      names={NAMES}
      startAnew={startAnew}
    >
      <NotYet>
        Through this role the service will run runbooks on this company’s servers and read how they are
        patched, from the version that has runbooks on; this one never calls AWS for it, so nothing here is
        tried out.
      </NotYet>
      <TextField
        meta={metaAt(form, "account_id")}
        label="Account ID"
        hint="12 digits. Empty takes the access away."
        inputMode="numeric"
        autoComplete="off"
        defaultValue={value.account_id ?? ""}
      />
      <TextField
        meta={metaAt(form, "role_arn")}
        label="Role"
        hint="Its ARN. Leave it empty until the role is there."
        placeholder="arn:aws:iam::123456789012:role/AlertWhisperer"
        autoComplete="off"
        className="font-mono"
        defaultValue={value.role_arn ?? ""}
      />
      <TextAreaField
        meta={metaAt(form, "regions")}
        label="Regions"
        hint="One a line, as eu-central-1."
        defaultValue={value.regions.join("\n")}
        rows={3}
      />
    </SettingsForm>
  );
}
