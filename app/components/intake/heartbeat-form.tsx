import { useState } from "react";
import type { HeartbeatView } from "../../../core/heartbeat.ts";
import { SEVERITIES } from "../../../core/severity.ts";
import { SaveForm } from "../noise/save-form.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { metaUnder } from "./field-errors.ts";

/** Every part as it is typed. */
function typedOf(beat: HeartbeatView | null) {
  return {
    name: beat?.name ?? "",
    asset_name: beat?.asset_name ?? "",
    interval_minutes: String(beat?.interval_minutes ?? 60),
    grace_minutes: String(beat?.grace_minutes ?? 5),
    severity: beat?.severity ?? "high",
    tool: beat?.match?.tool ?? "",
    signature: beat?.match?.signature ?? "",
  };
}

/** "" is no number, and not 0. */
const numberOf = (text: string) => (text.trim() === "" ? null : Number(text.trim().replace(",", ".")));

/** A heartbeat, new or changed. */
export function HeartbeatForm({ beat, onDone }: { beat: HeartbeatView | null; onDone(): void }) {
  const [typed, setTyped] = useState(() => typedOf(beat));
  const text = (name: keyof typeof typed) => ({
    value: typed[name],
    autoComplete: "off",
    onChange: (event: { target: { value: string } }) => setTyped({ ...typed, [name]: event.target.value }),
  });
  const { tool, signature, interval_minutes, grace_minutes, ...rest } = typed;
  const made = {
    ...rest,
    interval_minutes: numberOf(interval_minutes),
    grace_minutes: numberOf(grace_minutes),
    match: tool.trim() || signature.trim() ? { tool, signature } : null,
  };
  return (
    <SaveForm
      intent={beat ? "heartbeat-save" : "heartbeat-add"}
      id={beat?.id}
      done={beat ? `Heartbeat ${typed.name} saved` : `${typed.name} is expected from now on`}
      submit={beat ? "Save heartbeat" : "Expect it"}
      made={made}
      onDone={onDone}
    >
      {(errors) => (
        <>
          <TextField meta={metaUnder("beat-name", errors, "name")} label="Name" {...text("name")} />
          <TextField
            meta={metaUnder("asset_name", errors)}
            label="Asset"
            hint="What is in trouble when it stays away."
            {...text("asset_name")}
          />
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField
              meta={metaUnder("interval_minutes", errors)}
              label="Every so many minutes"
              inputMode="decimal"
              {...text("interval_minutes")}
            />
            <TextField
              meta={metaUnder("grace_minutes", errors)}
              label="Minutes it may be late"
              inputMode="decimal"
              {...text("grace_minutes")}
            />
          </div>
          <SelectField
            meta={metaUnder("beat-severity", errors, "severity")}
            label="Severity of its alert"
            {...text("severity")}
          >
            {SEVERITIES.map((severity) => (
              <option key={severity}>{severity}</option>
            ))}
          </SelectField>
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField
              meta={metaUnder("match-tool", errors, "match.tool")}
              label="Tool whose alert beats as well"
              hint="Such as alertmanager; may stay empty."
              {...text("tool")}
            />
            <TextField
              meta={metaUnder("match-signature", errors, "match.signature")}
              label="That alert’s name"
              hint="Such as Watchdog."
              {...text("signature")}
            />
          </div>
        </>
      )}
    </SaveForm>
  );
}
