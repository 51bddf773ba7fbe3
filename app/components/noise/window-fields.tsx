import { TextField } from "../ui/field.tsx";
import { type Repeat, RepeatFields, repeatOf, rruleOf } from "./repeat-fields.tsx";
import { metaOf } from "./save-form.tsx";
import { nowIn } from "./zone-time.ts";

/** A window's name and when it takes place, as the API takes it. */
export interface TimedWindow {
  name: string;
  starts_at: string;
  zone: string;
  duration_minutes: number;
  rrule: string | null;
}

/** The same as it is typed. */
export interface TypedWindow {
  name: string;
  starts_at: string;
  zone: string;
  minutes: string;
  repeat: Repeat;
}

/** `zone` is what a new one begins with. */
export function typedOf(window: TimedWindow | null, zone: string): TypedWindow {
  return {
    name: window?.name ?? "",
    starts_at: window?.starts_at ?? nowIn(zone),
    zone: window?.zone ?? zone,
    minutes: String(window?.duration_minutes ?? 60),
    repeat: repeatOf(window?.rrule ?? null),
  };
}

export function timedOf({ minutes, repeat, ...typed }: TypedWindow): TimedWindow {
  return { ...typed, duration_minutes: Number(minutes), rrule: rruleOf(repeat) };
}

interface WindowFieldsProps {
  typed: TypedWindow;
  onChange(typed: TypedWindow): void;
  /** Path -> what is wrong with it. */
  errors: Record<string, unknown>;
}

export function WindowFields({ typed, onChange, errors }: WindowFieldsProps) {
  const set = (key: Exclude<keyof TypedWindow, "repeat">) => (event: { target: { value: string } }) =>
    onChange({ ...typed, [key]: event.target.value });
  return (
    <>
      <TextField
        meta={metaOf("name", errors)}
        label="Name"
        placeholder="Patch night"
        autoComplete="off"
        value={typed.name}
        onChange={set("name")}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          meta={metaOf("starts_at", errors)}
          label="Starts"
          type="datetime-local"
          value={typed.starts_at}
          onChange={set("starts_at")}
        />
        <TextField
          meta={metaOf("zone", errors)}
          label="Time zone"
          hint="Its clocks count, summer time included."
          value={typed.zone}
          onChange={set("zone")}
        />
        <TextField
          meta={metaOf("duration_minutes", errors)}
          label="Minutes"
          inputMode="decimal"
          value={typed.minutes}
          onChange={set("minutes")}
        />
      </div>
      <RepeatFields
        repeat={typed.repeat}
        onChange={(repeat) => onChange({ ...typed, repeat })}
        errors={errors}
      />
    </>
  );
}
