import { useState } from "react";
import type { Branding } from "../../../core/settings.ts";
import { TextField } from "../ui/field.tsx";
import { BrandPreview } from "./brand-preview.tsx";
import { ColorField } from "./color-field.tsx";
import { SettingsForm, type SettingsOf } from "./settings-form.tsx";
import { useSettingsForm } from "./use-settings-form.ts";

const NAMES = { color: "Colour", name: "Name on the portal" };

/** `fallback` is the MSP's name, which stands where none of its own was given; `movedTo` is the entity tag after a new logo. */
export function BrandingForm({
  loaded,
  round,
  startAnew,
  fallback,
  movedTo,
}: SettingsOf<Branding> & { fallback: string; movedTo: string | null | undefined }) {
  const { value } = loaded;
  const [color, setColor] = useState(value.color ?? "");
  const [name, setName] = useState(value.name ?? "");
  const settings = { loaded, round, startAnew };
  const { fields, shell } = useSettingsForm<{ color: string; name: string }>("branding", settings);
  return (
    <SettingsForm title="Branding" movedTo={movedTo} names={NAMES} {...shell}>
      <TextField
        meta={fields.name}
        label="Name on the portal"
        placeholder={fallback}
        value={name}
        onChange={(event) => setName(event.target.value)}
        autoComplete="off"
        hint="Empty: your own."
      />
      <ColorField meta={fields.color} value={color} onChange={setColor} />
      <div>
        <h3 className="mb-2 text-sm font-medium">The portal in small</h3>
        <BrandPreview
          brand={{
            color: color || value.effective.color,
            name: name || fallback,
            logo: value.effective.logo_url,
          }}
        />
      </div>
    </SettingsForm>
  );
}
