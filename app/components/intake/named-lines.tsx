import { type Errors, errorsUnder } from "./field-errors.ts";
import { AddLine, Line, LineInput } from "./line.tsx";
import { type NamedDraft, named } from "./mapping-draft.ts";

interface LinesProps {
  /** "Tag" or "Link". */
  what: string;
  path: string;
  example: [name: string, value: string];
  lines: NamedDraft[];
  errors: Errors;
  onChange(change: (lines: NamedDraft[]) => NamedDraft[]): void;
}

/** Tags or links: a name, and the expression that fills it. */
export function NamedLines({ what, path, example, lines, errors, onChange }: LinesProps) {
  const set = (key: number, change: Partial<NamedDraft>) =>
    onChange((all) => all.map((one) => (one.key === key ? { ...one, ...change } : one)));
  return (
    <>
      <ul className="space-y-2" aria-label={`${what}s`}>
        {lines.map(({ key, name, value }, i) => (
          <Line
            key={key}
            remove={`Remove ${what.toLowerCase()} ${i + 1}`}
            onRemove={() => onChange((all) => all.filter((one) => one.key !== key))}
            problems={errorsUnder(errors, `${path}.${i}`)}
          >
            <LineInput
              label={`${what} ${i + 1}: name`}
              placeholder={example[0]}
              value={name}
              onText={(text) => set(key, { name: text })}
            />
            <LineInput
              label={`${what} ${i + 1}: value`}
              placeholder={example[1]}
              value={value}
              takesPath
              onText={(text) => set(key, { value: text })}
            />
          </Line>
        ))}
      </ul>
      <AddLine label={`Add a ${what.toLowerCase()}`} onClick={() => onChange((all) => [...all, named()])}>
        {what}
      </AddLine>
    </>
  );
}
