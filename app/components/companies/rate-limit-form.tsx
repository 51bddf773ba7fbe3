import type { RateLimit } from "../../../core/settings.ts";
import { TextField } from "../ui/field.tsx";
import { SettingsForm, type SettingsOf } from "./settings-form.tsx";
import { useSettingsForm } from "./use-settings-form.ts";

const NAMES = { requests_per_minute: "Requests per minute", burst: "Burst" };

export function RateLimitForm({ loaded, round, startAnew }: SettingsOf<RateLimit>) {
  const { fields, shell } = useSettingsForm("rate-limit", { loaded, round, startAnew }, loaded.value);
  const whole = { type: "number", min: 1, step: 1, inputMode: "numeric" } as const;
  return (
    <SettingsForm title="Rate limit" names={NAMES} {...shell}>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          meta={fields.requests_per_minute}
          label="Requests per minute"
          {...whole}
          defaultValue={fields.requests_per_minute.initialValue}
          hint="On average; a request with many alerts counts once for each hundred."
        />
        <TextField
          meta={fields.burst}
          label="Burst"
          {...whole}
          defaultValue={fields.burst.initialValue}
          hint="How many may come at once."
        />
      </div>
    </SettingsForm>
  );
}
