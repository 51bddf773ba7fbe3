import { Plus, X } from "lucide-react";
import { SEVERITIES } from "../../../core/severity.ts";
import { cx } from "../../lib/cx.ts";
import { Button } from "../ui/button.tsx";
import { conditionOf, type Draft, type Line, lineProblem, newId, textLine } from "./draft.ts";
import { TextLine } from "./text-line.tsx";
import { TimeLine } from "./time-line.tsx";

export const CONTROL =
  "h-9 min-w-0 rounded-md border border-line-strong bg-surface px-2 text-base text-ink sm:h-8 sm:text-sm";

interface BuilderProps {
  draft: Draft;
  onChange(draft: Draft): void;
  /** The API's field errors: path -> what is wrong. */
  errors: Record<string, unknown>;
  zone: string;
}

/** Says which alerts are meant, line by line; what nests deeper is edited as text. */
export function ConditionBuilder({ draft, onChange, errors, zone }: BuilderProps) {
  const setLine = (line: Line) =>
    onChange({ ...draft, lines: draft.lines.map((one) => (one.id === line.id ? line : one)) });
  const add = (line: Line) => onChange({ ...draft, lines: [...draft.lines, line] });

  function setMode(mode: Draft["mode"]) {
    const lines = draft.lines.length > 0 ? draft.lines : [textLine()];
    if (mode !== "json") return onChange({ ...draft, mode, lines });
    const made = conditionOf(draft);
    const when = "when" in made ? made.when : null;
    onChange({ ...draft, mode, json: JSON.stringify(when ?? { op: "all", of: [] }, null, 2) });
  }

  return (
    <fieldset className="space-y-2">
      <legend className="mb-1 text-sm font-medium">Which alerts</legend>
      <select
        aria-label="How the conditions belong together"
        className={cx(CONTROL, "w-full")}
        value={draft.mode}
        onChange={(event) => setMode(event.target.value as Draft["mode"])}
      >
        <option value="every">Every alert</option>
        <option value="all">Those for which all of these are true</option>
        <option value="any">Those for which any of these is true</option>
        <option value="json">Nested conditions, as JSON</option>
      </select>
      {draft.mode === "json" && (
        <textarea
          aria-label="Condition as JSON"
          rows={10}
          value={draft.json}
          onChange={(event) => onChange({ ...draft, json: event.target.value })}
          className={cx(CONTROL, "h-auto w-full py-2 font-mono text-xs sm:h-auto sm:text-xs")}
        />
      )}
      {(draft.mode === "all" || draft.mode === "any") && (
        <>
          <ul className="space-y-2">
            {draft.lines.map((line, i) => {
              const problem = lineProblem(errors, i);
              return (
                <li key={line.id} className="rounded-md border bg-sunken p-2">
                  <div className="flex items-start gap-2">
                    <div className="flex min-w-0 flex-1 flex-wrap items-center gap-2">
                      <LineFields line={line} n={i + 1} onChange={setLine} />
                      <label className="flex items-center gap-1.5 text-xs text-soft">
                        <input
                          type="checkbox"
                          checked={line.not}
                          onChange={(event) => setLine({ ...line, not: event.target.checked })}
                          className="size-3.5 accent-accent-solid"
                        />
                        not
                      </label>
                    </div>
                    <Button
                      look="quiet"
                      size="icon"
                      aria-label={`Remove condition ${i + 1}`}
                      onClick={() =>
                        onChange({ ...draft, lines: draft.lines.filter((one) => one.id !== line.id) })
                      }
                    >
                      <X aria-hidden className="size-4" />
                    </Button>
                  </div>
                  {problem && (
                    <p role="alert" className="mt-1 text-xs text-danger">
                      {problem}
                    </p>
                  )}
                </li>
              );
            })}
          </ul>
          <div className="flex flex-wrap gap-2">
            <AddButton onClick={() => add(textLine())}>Condition</AddButton>
            <AddButton
              onClick={() =>
                add({ id: newId(), not: false, kind: "severity", op: "severity_at_least", value: "high" })
              }
            >
              Severity
            </AddButton>
            <AddButton
              onClick={() =>
                add({ id: newId(), not: false, kind: "time", from: "22:00", to: "06:00", weekdays: [], zone })
              }
            >
              Time of day
            </AddButton>
          </div>
        </>
      )}
      <Others errors={errors} />
    </fieldset>
  );
}

function AddButton({ children, onClick }: { children: string; onClick(): void }) {
  return (
    <Button size="sm" onClick={onClick}>
      <Plus aria-hidden className="size-3.5" />
      {children}
    </Button>
  );
}

function LineFields({ line, n, onChange }: { line: Line; n: number; onChange(line: Line): void }) {
  if (line.kind === "text") return <TextLine line={line} n={n} onChange={onChange} />;
  if (line.kind === "time") return <TimeLine line={line} n={n} onChange={onChange} />;
  return (
    <>
      <select
        aria-label={`Condition ${n}: severity at least or at most`}
        className={CONTROL}
        value={line.op}
        onChange={(event) => onChange({ ...line, op: event.target.value as typeof line.op })}
      >
        <option value="severity_at_least">Severity at least</option>
        <option value="severity_at_most">Severity at most</option>
      </select>
      <select
        aria-label={`Condition ${n}: severity`}
        className={CONTROL}
        value={line.value}
        onChange={(event) => onChange({ ...line, value: event.target.value as typeof line.value })}
      >
        {SEVERITIES.map((severity) => (
          <option key={severity}>{severity}</option>
        ))}
      </select>
    </>
  );
}

/** What is wrong with the condition as a whole. */
function Others({ errors }: { errors: Record<string, unknown> }) {
  const text = errors.when ?? errors["when.of"];
  if (!text) return null;
  return (
    <p role="alert" className="text-xs text-danger">
      {Array.isArray(text) ? text.join(" ") : String(text)}
    </p>
  );
}
