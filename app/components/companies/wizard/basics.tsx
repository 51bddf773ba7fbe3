import { SelectField, TextField } from "../../ui/field.tsx";
import { ColorField } from "../color-field.tsx";
import { metaOf, type StepProps } from "./part.ts";
import { Windows } from "./windows.tsx";

interface BasicsProps extends StepProps {
  zones: string[];
  /** Opens the window with this number, or a new one. */
  onPlan(which: number | "new"): void;
}

export function Basics({ draft, errors, set, zones, onPlan }: BasicsProps) {
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
      <Windows
        windows={draft.maintenance_windows}
        error={errors.maintenance_windows}
        onPlan={onPlan}
        onRemove={(n) =>
          set(
            "maintenance_windows",
            draft.maintenance_windows.filter((_, i) => i !== n),
          )
        }
      />
    </>
  );
}
