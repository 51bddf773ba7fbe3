import { TextField } from "../ui/field.tsx";
import { useAim } from "./aim.ts";
import { type Errors, metaUnder } from "./field-errors.ts";
import { AddLine, Line, LineInput } from "./line.tsx";
import { emptyField, expression, type FieldDraft, type FieldName, word } from "./mapping-draft.ts";

interface FieldProps {
  name: FieldName;
  label: string;
  hint: string;
  field: FieldDraft | undefined;
  errors: Errors;
  onChange(change: (field: FieldDraft) => FieldDraft): void;
}

/** One field of the alert: its expression, what is tried where that yields nothing, and words put in place. */
export function FieldLines({ name, label, hint, field, errors, onChange }: FieldProps) {
  const aim = useAim();
  const { from, map } = field ?? { from: [], map: [] };
  const [first, ...others] = from;
  const setFirst = (text: string) =>
    onChange(({ from: [top = expression(), ...rest], ...more }) => ({
      ...more,
      from: [{ ...top, text }, ...rest],
    }));
  const setText = (key: number, text: string) =>
    onChange((old) => ({ ...old, from: old.from.map((one) => (one.key === key ? { ...one, text } : one)) }));
  const setWord = (key: number, change: { from?: string; to?: string }) =>
    onChange((old) => ({
      ...old,
      map: old.map.map((one) => (one.key === key ? { ...one, ...change } : one)),
    }));
  return (
    <div className="space-y-1.5">
      <TextField
        meta={metaUnder(name, errors, `fields.${name}`)}
        label={label}
        hint={hint}
        autoComplete="off"
        spellCheck={false}
        value={first?.text ?? ""}
        onFocus={() => aim({ label, put: setFirst })}
        onChange={(event) => setFirst(event.target.value)}
      />
      {(others.length > 0 || map.length > 0) && (
        <ul className="space-y-1.5 border-l-2 pl-3" aria-label={`More of ${label}`}>
          {others.map(({ key, text }, i) => (
            <Line
              key={key}
              remove={`Remove ${label}, otherwise ${i + 1}`}
              onRemove={() =>
                onChange((old) => ({ ...old, from: old.from.filter((one) => one.key !== key) }))
              }
            >
              <LineInput
                label={`${label}, otherwise ${i + 1}`}
                placeholder="otherwise this"
                value={text}
                takesPath
                onText={(typed) => setText(key, typed)}
              />
            </Line>
          ))}
          {map.map((one, i) => (
            <Line
              key={one.key}
              remove={`Remove word ${i + 1} of ${label}`}
              onRemove={() =>
                onChange((old) => ({ ...old, map: old.map.filter(({ key }) => key !== one.key) }))
              }
            >
              <LineInput
                label={`Word ${i + 1} of ${label}`}
                placeholder="5, or * for every other"
                value={one.from}
                onText={(typed) => setWord(one.key, { from: typed })}
              />
              <span className="text-xs text-faint">means</span>
              <LineInput
                label={`What word ${i + 1} of ${label} means`}
                placeholder={name === "severity" ? "critical" : "its meaning"}
                value={one.to}
                onText={(typed) => setWord(one.key, { to: typed })}
              />
            </Line>
          ))}
        </ul>
      )}
      {first?.text && (
        <div className="flex flex-wrap gap-2">
          <AddLine
            label={`${label}: otherwise`}
            onClick={() =>
              onChange((old) => ({
                ...old,
                from: [...(old.from.length ? old.from : emptyField().from), expression()],
              }))
            }
          >
            Otherwise
          </AddLine>
          <AddLine
            label={`${label}: a word of its own`}
            onClick={() => onChange((old) => ({ ...old, map: [...old.map, word()] }))}
          >
            Word
          </AddLine>
        </div>
      )}
    </div>
  );
}
