import type { Severity } from "../../../core/severity.ts";
import type { SlaSettings } from "../../../core/sla.ts";
import { duration } from "../../lib/format.ts";
import { SettingsForm, type SettingsOf } from "../companies/settings-form.tsx";
import { useSettingsForm } from "../companies/use-settings-form.ts";
import { TextField } from "../ui/field.tsx";
import { HoursFields } from "./hours-fields.tsx";
import { hoursWords } from "./hours-words.ts";
import { metaAt } from "./meta-at.ts";
import { NotYet } from "./not-yet.tsx";

const ROWS: [Severity, string][] = [
  ["critical", "Critical"],
  ["high", "High"],
  ["medium", "Medium"],
  ["low", "Low"],
];

const NAMES = { hours: "The clock runs", ...Object.fromEntries(ROWS), warn_percent: "Warned at, percent" };

function say(theirs: Record<string, unknown>): Record<string, unknown> {
  const { hours, targets, warn_percent } = theirs as unknown as SlaSettings;
  const minutes = (value: number) => duration(value * 60);
  const rows = ROWS.map(([severity]) => {
    const { response_minutes, resolution_minutes } = targets[severity];
    return [severity, `response ${minutes(response_minutes)}, resolution ${minutes(resolution_minutes)}`];
  });
  return { hours: hoursWords(hours), ...Object.fromEntries(rows), warn_percent };
}

interface SlaFormProps extends SettingsOf<SlaSettings> {
  zones: string[];
  zone: string;
}

export function SlaForm({ loaded, round, startAnew, zones, zone }: SlaFormProps) {
  const { form, shell } = useSettingsForm("sla", { loaded, round, startAnew });
  const { value } = loaded;
  const minutes = { inputMode: "decimal", type: "number", step: "any", min: 0.01 } as const;
  return (
    <SettingsForm title="SLA" what="SLA" names={NAMES} say={say} {...shell}>
      <NotYet>
        These targets will set the response and resolution deadlines of this company’s incidents, from the
        version of the service that keeps SLA clocks on; this one keeps none yet.
      </NotYet>
      <div className="space-y-3">
        {ROWS.map(([severity, label]) => (
          <fieldset key={severity} className="min-w-0">
            <legend className="mb-1 text-sm font-semibold">{label}</legend>
            <div className="grid grid-cols-2 gap-4">
              <TextField
                meta={metaAt(form, `targets.${severity}.response_minutes`)}
                label="Response, minutes"
                aria-label={`${label}: response, minutes`}
                defaultValue={value.targets[severity].response_minutes}
                {...minutes}
              />
              <TextField
                meta={metaAt(form, `targets.${severity}.resolution_minutes`)}
                label="Resolution, minutes"
                aria-label={`${label}: resolution, minutes`}
                defaultValue={value.targets[severity].resolution_minutes}
                {...minutes}
              />
            </div>
          </fieldset>
        ))}
      </div>
      <TextField
        meta={metaAt(form, "warn_percent")}
        label="Warn at, percent"
        hint="Of a target that has passed; several with commas, none for no warning."
        defaultValue={value.warn_percent.join(", ")}
      />
      <HoursFields
        form={form}
        name="hours"
        label="The clock runs"
        hours={value.hours}
        zones={zones}
        zone={zone}
      />
    </SettingsForm>
  );
}
