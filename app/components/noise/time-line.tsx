import { CONTROL } from "./condition-builder.tsx";
import { type Line, WEEKDAYS } from "./draft.ts";

type Time = Extract<Line, { kind: "time" }>;

/** From, to, on which days; past midnight where the end is not later. */
export function TimeLine({ line, n, onChange }: { line: Time; n: number; onChange(line: Line): void }) {
  return (
    <>
      <input
        type="time"
        aria-label={`Condition ${n}: from`}
        className={CONTROL}
        value={line.from}
        onChange={(event) => onChange({ ...line, from: event.target.value })}
      />
      <span className="text-xs text-soft">to</span>
      <input
        type="time"
        aria-label={`Condition ${n}: to`}
        className={CONTROL}
        value={line.to}
        onChange={(event) => onChange({ ...line, to: event.target.value })}
      />
      <DayTicks
        days={line.weekdays}
        label={`Condition ${n}`}
        onChange={(weekdays) => onChange({ ...line, weekdays })}
      />
      <span className="text-xs text-faint">{line.zone}</span>
    </>
  );
}

/** Days of the week, Monday 1; none ticked means each of them. */
export function DayTicks(props: { days: number[]; label: string; onChange(days: number[]): void }) {
  const { days, label, onChange } = props;
  return (
    <span className="flex flex-wrap gap-2">
      {WEEKDAYS.map((name, i) => {
        const day = i + 1;
        const on = days.includes(day);
        return (
          <label key={name} className="flex items-center gap-1 text-xs">
            <input
              type="checkbox"
              aria-label={`${label}: ${name}`}
              checked={on}
              onChange={() => onChange(on ? days.filter((one) => one !== day) : [...days, day].sort())}
              className="size-3.5 accent-accent-solid"
            />
            {name}
          </label>
        );
      })}
    </span>
  );
}
