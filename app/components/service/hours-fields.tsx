import { useState } from "react";
import type { Hours } from "../../../core/working-hours.ts";
import { cx } from "../../lib/cx.ts";
import { SelectField, TextAreaField } from "../ui/field.tsx";
import { DAY_NAMES } from "./hours-words.ts";
import { type FormErrors, metaAt } from "./meta-at.ts";

interface HoursFieldsProps {
  form: FormErrors;
  /** Of the group of fields: `hours` makes `hours.kind`, `hours.days[0].from` and so on. */
  name: string;
  label: string;
  hours: Hours;
  zones: string[];
  /** What business hours begin with where none are set. */
  zone: string;
}

const TIME =
  "h-9 w-full min-w-0 rounded-md border border-line-strong bg-surface px-2 text-base tabular-nums aria-invalid:border-danger sm:text-sm";

/** Around the clock, or the hours of a week with holidays. */
export function HoursFields({ form, name, label, hours, zones, zone }: HoursFieldsProps) {
  const [kind, setKind] = useState(hours === "24x7" ? "24x7" : "weekly");
  const week = hours === "24x7" ? null : hours;
  const days = metaAt(form, `${name}.days`);
  return (
    <div className="space-y-4">
      <SelectField
        meta={metaAt(form, `${name}.kind`)}
        label={label}
        value={kind}
        onChange={(event) => setKind(event.target.value)}
      >
        <option value="24x7">Around the clock, every day</option>
        <option value="weekly">In business hours</option>
      </SelectField>
      <div hidden={kind === "24x7"} className="space-y-4">
        <SelectField
          meta={metaAt(form, `${name}.time_zone`)}
          label="Time zone of the hours"
          defaultValue={week?.time_zone ?? zone}
        >
          {zones.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </SelectField>
        <fieldset className="min-w-0 space-y-2" aria-describedby={`${days.id}-hint`}>
          <legend className="mb-1 text-sm font-medium">Days</legend>
          {DAY_NAMES.map((day, i) => (
            <DayRow
              key={day}
              form={form}
              name={`${name}.days[${i}]`}
              day={day}
              set={week?.days.find(({ weekday }) => weekday === i + 1)}
              on={week ? week.days.some(({ weekday }) => weekday === i + 1) : i < 5}
            />
          ))}
          <p id={`${days.id}-hint`} className="text-xs text-faint">
            An end that is not later than the begin is on the next day; 00:00 to 00:00 is the whole day.
          </p>
          {days.errors && (
            <p role="alert" className="text-xs text-danger">
              {days.errors.join(" ")}
            </p>
          )}
        </fieldset>
        <TextAreaField
          meta={metaAt(form, `${name}.holidays`)}
          label="Holidays"
          hint="One day a line, as 2026-12-25. No hours begin on them."
          defaultValue={week?.holidays.join("\n")}
          rows={3}
        />
      </div>
    </div>
  );
}

interface DayRowProps {
  form: FormErrors;
  name: string;
  day: string;
  set: { from: string; to: string } | undefined;
  on: boolean;
}

function DayRow({ form, name, day, set, on }: DayRowProps) {
  const [ticked, setTicked] = useState(on);
  const [from, to] = [metaAt(form, `${name}.from`), metaAt(form, `${name}.to`)];
  const errors = [...new Set([...(from.errors ?? []), ...(to.errors ?? [])])];
  const time = (meta: typeof from, what: string, value: string) => (
    <input
      type="time"
      id={meta.id}
      name={meta.name}
      aria-label={`${day} ${what}`}
      aria-invalid={meta.errors?.length ? true : undefined}
      aria-describedby={errors.length > 0 ? from.errorId : undefined}
      defaultValue={value}
      className={cx(TIME, ticked ? "text-ink" : "text-faint")}
    />
  );
  return (
    <div>
      <div className="grid grid-cols-2 items-center gap-2 sm:grid-cols-[7rem_minmax(0,1fr)_minmax(0,1fr)]">
        <label className="flex items-center gap-2 text-sm max-sm:col-span-2">
          <input
            type="checkbox"
            name={`${name}.on`}
            defaultChecked={on}
            onChange={(event) => setTicked(event.target.checked)}
            className="size-3.5 shrink-0 accent-accent-solid"
          />
          {day}
        </label>
        {time(from, "from", set?.from ?? "09:00")}
        {time(to, "to", set?.to ?? "17:00")}
      </div>
      {errors.length > 0 && (
        <p id={from.errorId} role="alert" className="text-xs text-danger">
          {errors.join(" ")}
        </p>
      )}
    </div>
  );
}
