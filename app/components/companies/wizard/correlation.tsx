import { STRATEGIES } from "../strategies.ts";
import { metaOf, type StepProps } from "./part.ts";

export function Correlation({ draft, errors, set }: StepProps) {
  const window = metaOf("window_minutes", errors);
  const strategy = metaOf("strategy", errors);
  return (
    <>
      <fieldset>
        <legend className="mb-2 text-sm font-medium">Alerts are one incident by</legend>
        <div className="space-y-2">
          {STRATEGIES.map(({ id, name, note }) => (
            <label
              key={id}
              className="flex items-start gap-2.5 rounded-md border px-3 py-2 text-sm hover:bg-hover has-checked:border-accent has-checked:bg-accent-wash"
            >
              <input
                type="radio"
                name="strategy"
                value={id}
                checked={draft.strategy === id}
                onChange={() => set("strategy", id)}
                className="mt-[3px] size-3.5 shrink-0 accent-accent-solid"
              />
              <span>
                <span className="font-medium">{name}</span>
                <span className="block text-xs text-soft">{note}</span>
              </span>
            </label>
          ))}
        </div>
        {strategy.errors && (
          <p role="alert" className="mt-1 text-xs text-danger">
            {strategy.errors.join(" ")}
          </p>
        )}
      </fieldset>
      <div className="space-y-1">
        <label htmlFor={window.id} className="flex justify-between text-sm font-medium">
          Window
          <output htmlFor={window.id}>{draft.window_minutes} minutes</output>
        </label>
        <input
          id={window.id}
          name="window_minutes"
          type="range"
          min={5}
          max={15}
          step={1}
          value={draft.window_minutes}
          onChange={(event) => set("window_minutes", event.target.value)}
          aria-describedby={window.descriptionId}
          aria-valuetext={`${draft.window_minutes} minutes`}
          className="h-9 w-full accent-accent-solid"
        />
        <p id={window.descriptionId} className="text-xs text-faint">
          How long after its last alert an incident takes in the next one that matches. Smart grouping finds
          the time itself.
        </p>
        {window.errors && (
          <p role="alert" className="text-xs text-danger">
            {window.errors.join(" ")}
          </p>
        )}
      </div>
    </>
  );
}
