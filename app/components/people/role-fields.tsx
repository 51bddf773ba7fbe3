import { useState } from "react";
import { ROLES, type Role } from "../../../core/actor.ts";
import { ROLE_NOTE, ROLE_WORD } from "../../lib/role-words.ts";
import { useConsole, useViewer } from "../../lib/use-console.ts";
import { type FieldMeta, SelectField } from "../ui/field.tsx";
import { Tick } from "../ui/tick.tsx";

/** More companies than this are found by typing. */
const MANY = 8;

interface RoleFieldsProps {
  role: FieldMeta;
  companies: FieldMeta;
  initial: { role: Role; company_ids: string[] };
}

/** A role, and the companies it is for. */
export function RoleFields({ role, companies, initial }: RoleFieldsProps) {
  const viewer = useViewer();
  const [chosen, setChosen] = useState(initial.role);
  // Nobody but the MSP's own administrators makes another one.
  const offered = ROLES.filter((one) => one !== "msp_admin" || viewer.role === "msp_admin");
  return (
    <>
      <SelectField
        meta={role}
        label="Role"
        hint={ROLE_NOTE[chosen]}
        value={chosen}
        onChange={(event) => setChosen(ROLES.find((one) => one === event.target.value) ?? chosen)}
      >
        {offered.map((one) => (
          <option key={one} value={one}>
            {ROLE_WORD[one]}
          </option>
        ))}
      </SelectField>
      {chosen !== "msp_admin" && <CompanyTicks meta={companies} initial={initial.company_ids} />}
    </>
  );
}

function CompanyTicks({ meta, initial }: { meta: FieldMeta; initial: string[] }) {
  const { companies } = useConsole();
  const [text, setText] = useState("");
  const wanted = text.trim().toLowerCase();
  return (
    <fieldset aria-describedby={meta.errors ? meta.errorId : undefined} className="space-y-1">
      <legend className="mb-1 text-sm font-medium">Companies</legend>
      {companies.length > MANY && (
        <input
          type="search"
          aria-label="Find a company"
          placeholder="Find a company"
          value={text}
          onChange={(event) => setText(event.target.value)}
          className="h-8 w-full rounded-md border border-line-strong bg-surface px-2.5 text-sm placeholder:text-faint"
        />
      )}
      <div className="max-h-44 space-y-1.5 overflow-y-auto rounded-md border border-line-strong p-2.5">
        {companies.length === 0 && <p className="text-sm text-soft">Add a company first.</p>}
        {companies.map(({ id, name }) => (
          // Hidden, not left out: what was ticked stays ticked.
          <div key={id} hidden={wanted !== "" && !name.toLowerCase().includes(wanted)}>
            <Tick
              name={meta.name}
              value={id}
              label={name}
              checked={initial.includes(id) || (initial.length === 0 && companies.length === 1)}
            />
          </div>
        ))}
      </div>
      {meta.errors && (
        <p id={meta.errorId} role="alert" className="text-xs text-danger">
          {meta.errors.join(" ")}
        </p>
      )}
    </fieldset>
  );
}
