import { SelectField, TextField } from "../../ui/field.tsx";
import { ColorField } from "../color-field.tsx";
import { metaOf, type StepProps } from "./part.ts";

export function Basics({ draft, errors, set, zones }: StepProps & { zones: string[] }) {
  return (
    <>
      <TextField
        meta={metaOf("name", errors)}
        label="Name"
        value={draft.name}
        onChange={(event) => set("name", event.target.value)}
        autoComplete="off"
        required
      />
      <SelectField
        meta={metaOf("time_zone", errors)}
        label="Time zone"
        value={draft.time_zone}
        onChange={(event) => set("time_zone", event.target.value)}
      >
        {zones.map((zone) => (
          <option key={zone}>{zone}</option>
        ))}
      </SelectField>
      <ColorField
        meta={metaOf("color", errors)}
        value={draft.color}
        onChange={(color) => set("color", color)}
      />
    </>
  );
}
