import { SelectField, TextField } from "../ui/field.tsx";
import { metaOf } from "./save-form.tsx";
import { DayTicks } from "./time-line.tsx";

/** How a window comes again; `rule` is its RRULE where it is none of the simple ones. */
export interface Repeat {
  how: "once" | "daily" | "weekly" | "monthly" | "rule";
  days: number[];
  rule: string;
}

const DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

export function repeatOf(rrule: string | null): Repeat {
  if (rrule === null) return { how: "once", days: [], rule: "" };
  if (rrule === "FREQ=DAILY") return { how: "daily", days: [], rule: rrule };
  if (rrule === "FREQ=MONTHLY") return { how: "monthly", days: [], rule: rrule };
  const weekly = /^FREQ=WEEKLY(?:;BYDAY=((?:MO|TU|WE|TH|FR|SA|SU)(?:,(?:MO|TU|WE|TH|FR|SA|SU))*))?$/.exec(
    rrule,
  );
  if (!weekly) return { how: "rule", days: [], rule: rrule };
  const days = weekly[1]?.split(",").map((day) => DAYS.indexOf(day) + 1) ?? [];
  return { how: "weekly", days, rule: rrule };
}

export function rruleOf({ how, days, rule }: Repeat): string | null {
  if (how === "once") return null;
  if (how === "daily") return "FREQ=DAILY";
  if (how === "monthly") return "FREQ=MONTHLY";
  if (how === "rule") return rule;
  return days.length > 0 ? `FREQ=WEEKLY;BYDAY=${days.map((day) => DAYS[day - 1]).join(",")}` : "FREQ=WEEKLY";
}

interface RepeatProps {
  repeat: Repeat;
  onChange(repeat: Repeat): void;
  errors: Record<string, unknown>;
}

export function RepeatFields({ repeat, onChange, errors }: RepeatProps) {
  return (
    <div className="space-y-3">
      <SelectField
        meta={metaOf("repeat", errors, repeat.how === "rule" ? "repeat" : "rrule")}
        label="Repeats"
        value={repeat.how}
        onChange={(event) => {
          const how = event.target.value as Repeat["how"];
          onChange({ ...repeat, how, rule: rruleOf(repeat) ?? "FREQ=MONTHLY;BYDAY=-1SU" });
        }}
      >
        <option value="once">Not at all</option>
        <option value="daily">Every day</option>
        <option value="weekly">Every week</option>
        <option value="monthly">Every month, on that day of it</option>
        <option value="rule">By a rule of its own (RRULE)</option>
      </SelectField>
      {repeat.how === "weekly" && (
        <DayTicks days={repeat.days} label="Repeats on" onChange={(days) => onChange({ ...repeat, days })} />
      )}
      {repeat.how === "rule" && (
        <TextField
          meta={metaOf("rrule", errors)}
          label="RRULE"
          hint="For instance FREQ=MONTHLY;BYDAY=-1SU: the last Sunday of each month."
          value={repeat.rule}
          onChange={(event) => onChange({ ...repeat, rule: event.target.value })}
        />
      )}
    </div>
  );
}
