import { TextAreaField, TextField } from "../../ui/field.tsx";
import { metaOf, type StepProps } from "./part.ts";

export function Security({ draft, errors, set }: StepProps) {
  const whole = { type: "number", min: 1, step: 1, inputMode: "numeric" } as const;
  return (
    <>
      <label className="flex items-start gap-2.5 text-sm">
        <input
          type="checkbox"
          name="hmac_required"
          checked={draft.hmac_required}
          onChange={(event) => set("hmac_required", event.target.checked)}
          className="mt-[3px] size-3.5 shrink-0 accent-accent-solid"
        />
        <span>
          <span className="font-medium">Require a signature</span>
          <span className="block text-xs text-faint">
            Recommended. Deliveries that are not signed with the company’s secret are refused; tools that
            cannot sign have routes of their own.
          </span>
        </span>
      </label>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          meta={metaOf("requests_per_minute", errors)}
          label="Requests per minute"
          {...whole}
          value={draft.requests_per_minute}
          onChange={(event) => set("requests_per_minute", event.target.value)}
          hint="On average, for everything it sends."
        />
        <TextField
          meta={metaOf("burst", errors)}
          label="Burst"
          {...whole}
          value={draft.burst}
          onChange={(event) => set("burst", event.target.value)}
          hint="How many may come at once."
        />
      </div>
      <TextAreaField
        meta={metaOf("ip_allowlist", errors)}
        label="Allowed addresses"
        hint="One IPv4 or IPv6 address or CIDR range a line; empty allows all."
        rows={3}
        value={draft.ip_allowlist}
        onChange={(event) => set("ip_allowlist", event.target.value)}
      />
    </>
  );
}
