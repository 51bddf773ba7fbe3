import type { SecuritySettings } from "../../../core/settings.ts";
import { Chip } from "../ui/chip.tsx";
import { TextAreaField } from "../ui/field.tsx";
import { Tick } from "../ui/tick.tsx";
import { SettingsForm, type SettingsOf } from "./settings-form.tsx";
import { useSettingsForm } from "./use-settings-form.ts";

const NAMES = {
  hmac_required: "Require a signature",
  unsigned_tools: "Without a signature",
  ip_allowlist: "Allowed addresses",
};

/** `tools` are those whose native route can do without a signature. */
export function SecurityForm({
  loaded,
  round,
  startAnew,
  tools,
}: SettingsOf<SecuritySettings> & { tools: { id: string; name: string }[] }) {
  const security = loaded.value;
  const { fields, shell } = useSettingsForm<{ ip_allowlist: string }>(
    "security",
    { loaded, round, startAnew },
    { ip_allowlist: security.ip_allowlist.join("\n") },
  );
  return (
    <SettingsForm title="Security" names={NAMES} {...shell}>
      <Tick
        name="hmac_required"
        label="Require a signature"
        hint="Refuse deliveries that are not signed with the company’s secret."
        checked={security.hmac_required}
      />
      <fieldset className="min-w-0 space-y-2">
        <legend className="text-sm font-medium">
          May send without a signature <Chip tone="warn">Weaker</Chip>
        </legend>
        <p className="text-xs text-faint">
          Most of these cannot sign, so their key alone is trusted. A signature that is present is always
          checked.
        </p>
        <div className="grid gap-x-4 gap-y-1.5 sm:grid-cols-2">
          {tools.map(({ id, name }) => (
            <Tick
              key={id}
              name="unsigned_tools"
              value={id}
              label={name}
              checked={security.unsigned_tools.includes(id)}
            />
          ))}
        </div>
      </fieldset>
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
