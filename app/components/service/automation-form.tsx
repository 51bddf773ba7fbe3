import type { AutomationSettings } from "../../../core/automation.ts";
import { SettingsForm, type SettingsOf } from "../companies/settings-form.tsx";
import { useSettingsForm } from "../companies/use-settings-form.ts";
import { TextField } from "../ui/field.tsx";
import { Tick } from "../ui/tick.tsx";
import { HoursFields } from "./hours-fields.tsx";
import { hoursWords } from "./hours-words.ts";
import { metaAt } from "./meta-at.ts";
import { NotYet } from "./not-yet.tsx";

const NAMES = {
  auto_approve: "Low-risk runbooks run without approval",
  execution_windows: "When",
  attempts_per_asset_per_day: "Attempts per asset and day",
};

const say = (theirs: Record<string, unknown>) => ({
  ...theirs,
  execution_windows: hoursWords(theirs.execution_windows as AutomationSettings["execution_windows"]),
});

interface AutomationFormProps extends SettingsOf<AutomationSettings> {
  zones: string[];
  zone: string;
}

export function AutomationForm({ loaded, round, startAnew, zones, zone }: AutomationFormProps) {
  const { form, shell } = useSettingsForm("automation", { loaded, round, startAnew });
  const { value } = loaded;
  return (
    <SettingsForm title="Automation" needs="company.automation" names={NAMES} say={say} {...shell}>
      <NotYet>
        This will govern which runbooks run on this company’s servers by themselves, from the version of the
        service that has runbooks on; this one runs nothing.
      </NotYet>
      <Tick
        name="auto_approve"
        label="Run low-risk runbooks without approval"
        hint="Only those that allow it themselves. Medium and high risk always wait for a person."
        checked={value.auto_approve}
      />
      <TextField
        meta={metaAt(form, "attempts_per_asset_per_day")}
        label="Attempts per asset and day"
        type="number"
        min={1}
        max={100}
        step={1}
        inputMode="numeric"
        hint="Past that many, a technician is asked instead."
        defaultValue={value.attempts_per_asset_per_day}
      />
      <HoursFields
        form={form}
        name="execution_windows"
        label="Runbooks may run"
        hours={value.execution_windows}
        zones={zones}
        zone={zone}
      />
    </SettingsForm>
  );
}
