import { type Errors, errorsUnder } from "./field-errors.ts";
import { AddLine, CONTROL, Line, LineInput } from "./line.tsx";
import { type ConditionDraft, condition, isBare, type Op } from "./mapping-draft.ts";
import { OPS } from "./mapping-words.ts";

interface LinesProps {
  /** Tells these lines from others of the editor. */
  what: string;
  /** Where the API says what is wrong with them. */
  path: string;
  lines: ConditionDraft[];
  errors: Errors;
  onChange(change: (lines: ConditionDraft[]) => ConditionDraft[]): void;
}

/** Conditions on a body, one beneath the other. */
export function ConditionLines({ what, path, lines, errors, onChange }: LinesProps) {
  const set = (key: number, change: Partial<ConditionDraft>) =>
    onChange((all) => all.map((one) => (one.key === key ? { ...one, ...change } : one)));
  return (
    <>
      <ul className="space-y-2" aria-label={what}>
        {lines.map(({ key, value, op, to }, i) => {
          const label = `${what}, condition ${i + 1}`;
          return (
            <Line
              key={key}
              remove={`Remove ${label}`}
              onRemove={() => onChange((all) => all.filter((one) => one.key !== key))}
              problems={errorsUnder(errors, `${path}.${i}`)}
            >
              <LineInput
                label={`${label}: what to look at`}
                placeholder="$.state"
                value={value}
                takesPath
                onText={(text) => set(key, { value: text })}
              />
              <select
                aria-label={`${label}: comparison`}
                className={CONTROL}
                value={op}
                onChange={(event) => set(key, { op: event.target.value as Op })}
              >
                {OPS.map(([name, words]) => (
                  <option key={name} value={name}>
                    {words}
                  </option>
                ))}
              </select>
              {!isBare(op) && (
                <textarea
                  aria-label={`${label}: one of these, one a line`}
                  placeholder="one a line"
                  rows={Math.min(4, Math.max(1, to.split("\n").length))}
                  className={`${CONTROL} h-auto flex-1 basis-28 py-1.5 sm:h-auto`}
                  value={to}
                  onChange={(event) => set(key, { to: event.target.value })}
                />
              )}
            </Line>
          );
        })}
      </ul>
      <AddLine label={`Add a condition: ${what}`} onClick={() => onChange((all) => [...all, condition()])}>
        Condition
      </AddLine>
    </>
  );
}
