import type { Retention } from "../../../core/settings.ts";
import { TextField } from "../ui/field.tsx";
import { SettingsForm, type SettingsOf } from "./settings-form.tsx";
import { useSettingsForm } from "./use-settings-form.ts";

const NAMES = { alerts_days: "Alerts, days", incidents_days: "Incidents, days" };

export function RetentionForm({ loaded, round, startAnew }: SettingsOf<Retention>) {
  const { fields, shell } = useSettingsForm("retention", { loaded, round, startAnew }, loaded.value);
  const days = { type: "number", min: 1, step: 1, inputMode: "numeric" } as const;
  return (
    <SettingsForm title="Retention" names={NAMES} {...shell}>
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
