import { useState } from "react";
import { brandContrast, inkOn, parseHex, toHex } from "../../../core/contrast.ts";
import { type FieldMeta, TextField } from "../ui/field.tsx";

const THEMES = ["light", "dark"] as const;

/** The brand's colour, with how it reads on the portal in both themes. */
export function ColorField({ meta, initial }: { meta: FieldMeta; initial: string }) {
  const [text, setText] = useState(initial);
  const color = parseHex(text);
  return (
    <div className="space-y-2">
      <div className="flex items-start gap-2">
        <div className="w-40">
          <TextField
            meta={meta}
            label="Brand colour"
            value={text}
            onChange={(event) => setText(event.target.value)}
            spellCheck={false}
            maxLength={7}
          />
        </div>
        <input
          type="color"
          aria-label="Choose the brand colour"
          value={color ? toHex(color) : "#000000"}
          onChange={(event) => setText(event.target.value)}
          className="h-9 w-12 mt-6 shrink-0 cursor-pointer rounded-md border border-line-strong bg-surface p-1"
        />
      </div>
      {color && (
        <div aria-live="polite" className="space-y-2">
          <p
            className="inline-flex h-8 items-center rounded-md px-3 text-sm font-medium"
            style={{ backgroundColor: toHex(color), color: toHex(inkOn(color)) }}
          >
            A button on the portal
          </p>
          <ul className="text-xs text-soft">
            {THEMES.map((theme) => {
              const { ratio, fine, shown } = brandContrast(color)[theme];
              return (
                <li key={theme}>
                  As text in the {theme} theme: {ratio} : 1,{" "}
                  {fine ? "reads well" : `too faint; shown as ${shown} there`}
                </li>
              );
            })}
          </ul>
        </div>
      )}
    </div>
  );
}
