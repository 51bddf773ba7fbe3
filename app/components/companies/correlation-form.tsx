import type { CorrelationSettings } from "../../../core/settings.ts";
import { SelectField, TextField } from "../ui/field.tsx";
import { SettingsForm, type SettingsOf } from "./settings-form.tsx";
import { STRATEGIES } from "./strategies.ts";
import { useSettingsForm } from "./use-settings-form.ts";

const NAMES = {
  strategy: "Grouped by",
  window_minutes: "Window, minutes",
  resolve_delay_minutes: "Resolve delay, minutes",
  reopen_minutes: "Reopen within, minutes",
  min_alerts: "Alerts that open an incident",
  storm_alerts_per_minute: "A storm begins at, new alerts a minute",
  auto_correlate: "Alerts are grouped",
  topology: "What depends on what fails",
};

export function CorrelationForm({ loaded, round, startAnew }: SettingsOf<CorrelationSettings>) {
  const { value } = loaded;
  const { fields, shell } = useSettingsForm<Record<keyof typeof NAMES, string | number>>(
    "correlation",
    { loaded, round, startAnew },
    { ...value, auto_correlate: String(value.auto_correlate), topology: String(value.topology) },
  );
  const whole = { type: "number", step: 1, inputMode: "numeric" } as const;
  const minutes = { type: "number", max: 1440, step: "any", inputMode: "decimal" } as const;
  return (
    <SettingsForm title="Correlation" names={NAMES} {...shell} tryable>
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
        <TextField
          meta={fields.min_alerts}
          label="Alerts that open an incident"
          {...whole}
          min={1}
          max={100}
          defaultValue={fields.min_alerts.initialValue}
          hint="Deliveries of a kind within the window. Critical ones never wait."
        />
        <TextField
          meta={fields.storm_alerts_per_minute}
          label="A storm begins at, new alerts a minute"
          {...whole}
          min={10}
          max={1_000_000}
          defaultValue={fields.storm_alerts_per_minute.initialValue}
          hint="And ten times what is usual: then new ones share one incident."
        />
        <SelectField
          meta={fields.auto_correlate}
          label="Alerts are grouped"
          defaultValue={fields.auto_correlate.initialValue}
          hint="By hand, all but critical alerts wait until somebody groups them."
        >
          <option value="true">As they come</option>
          <option value="false">By hand</option>
        </SelectField>
        <SelectField
          meta={fields.topology}
          label="What depends on what fails"
          defaultValue={fields.topology.initialValue}
          hint="As the assets' dependencies say."
        >
          <option value="true">Joins that incident</option>
          <option value="false">Opens its own</option>
        </SelectField>
      </div>
    </SettingsForm>
  );
}
