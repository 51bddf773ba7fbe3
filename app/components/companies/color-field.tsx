import { parseHex, toHex } from "../../../core/contrast.ts";
import { type FieldMeta, TextField } from "../ui/field.tsx";
import { ContrastResult } from "./brand-preview.tsx";

interface ColorFieldProps {
  meta: FieldMeta;
  value: string;
  onChange(value: string): void;
}

/** A colour to pick or to write, with what it does to text; empty means the MSP's. */
export function ColorField({ meta, value, onChange }: ColorFieldProps) {
  const rgb = parseHex(value);
  return (
    <div className="space-y-2">
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <TextField
            meta={meta}
            label="Brand colour"
            placeholder="#5f3dd0"
            autoComplete="off"
            spellCheck={false}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            hint="On the client’s portal. Empty: your own."
          />
        </div>
        <input
          type="color"
          aria-label="Pick the brand colour"
          value={rgb ? toHex(rgb) : "#5f3dd0"}
          onChange={(event) => onChange(event.target.value)}
          className="mt-6 h-9 w-12 shrink-0 rounded-md border border-line-strong bg-surface p-1"
        />
      </div>
      <ContrastResult color={value} />
    </div>
  );
}
