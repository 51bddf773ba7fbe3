import type { AwsAccessView } from "../../../core/aws-access.ts";
import { SettingsForm, type SettingsOf } from "../companies/settings-form.tsx";
import { useSettingsForm } from "../companies/use-settings-form.ts";
import { TextAreaField, TextField } from "../ui/field.tsx";
import { metaAt } from "./meta-at.ts";
import { NotYet } from "./not-yet.tsx";

const NAMES = { account_id: "Account", role_arn: "Role", regions: "Regions" };

export function AwsForm({ loaded, round, startAnew }: SettingsOf<AwsAccessView>) {
  const { form, shell } = useSettingsForm("aws", { loaded, round, startAnew });
  const { value } = loaded;
  return (
    <SettingsForm title="AWS access" what="AWS access" needs="company.automation" names={NAMES} {...shell}>
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
