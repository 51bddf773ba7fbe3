import { useState } from "react";
import type { Person } from "../../lib/people-types.ts";
import { ROLE_WORD } from "../../lib/role-words.ts";
import { useCompanyName, useConsole } from "../../lib/use-console.ts";
import { Age } from "../ui/age.tsx";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
import { CommandButton, ConfirmButton } from "../ui/command-button.tsx";
import { EditDialog } from "./edit-dialog.tsx";

const NAMED = 3;

/** "Acme, Birch and 4 more": where somebody works. */
export function useWhere(): (role: string, ids: string[]) => string {
  const nameOf = useCompanyName();
  return (role, ids) => {
    if (role === "msp_admin") return "All companies";
    const names = ids.slice(0, NAMED).map(nameOf).join(", ");
    return ids.length > NAMED ? `${names} and ${ids.length - NAMED} more` : names || "No company";
  };
}

/** Colleagues, and what may be done about them. */
export function PersonRows({ people }: { people: Person[] }) {
  const [edited, setEdited] = useState<Person | null>(null);
  return (
    <>
      <ul className="divide-y">
        {people.map((person) => (
          <Row key={person.id} person={person} onEdit={() => setEdited(person)} />
        ))}
      </ul>
      {edited && <EditDialog key={edited.id} person={edited} onClose={() => setEdited(null)} />}
    </>
  );
}

function Row({ person, onEdit }: { person: Person; onEdit(): void }) {
  const { me } = useConsole();
  const where = useWhere();
  const { id, name, email, role, disabled, last_seen_at, totp_enabled } = person;
  return (
    <li className="grid items-center gap-x-4 gap-y-1 px-4 py-3 text-sm md:grid-cols-[minmax(0,5fr)_minmax(0,5fr)_minmax(0,3fr)_11rem]">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          <span className="truncate">{name}</span>
          {id === me.user.id && <Chip tone="accent">You</Chip>}
          {disabled && <Chip tone="warn">Disabled</Chip>}
        </p>
        <p className="truncate text-xs text-soft">{email}</p>
      </div>
      <div className="min-w-0">
        <p>{ROLE_WORD[role]}</p>
        <p className="truncate text-xs text-soft">{where(role, person.company_ids)}</p>
      </div>
      <div className="text-xs text-soft max-md:flex max-md:gap-2">
        <p>
          {last_seen_at ? (
            <>
              Seen <Age at={last_seen_at} ago />
            </>
          ) : (
            "Never signed in"
          )}
        </p>
        <p className={totp_enabled ? "text-ok" : "text-faint"}>
          {totp_enabled ? "Two-factor on" : "Two-factor off"}
        </p>
      </div>
      <div className="flex gap-2 md:justify-end">
        {person.may_manage && (
          <>
            <Button size="sm" onClick={onEdit} aria-label={`Edit ${name}`}>
              Edit
            </Button>
            {disabled ? (
              <CommandButton
                intent="person-enable"
                fields={{ id }}
                done={`${name} may sign in again`}
                aria-label={`Enable ${name}`}
              >
                Enable
              </CommandButton>
            ) : (
              <ConfirmButton
                intent="person-disable"
                fields={{ id }}
                done={`${name} was disabled`}
                title={`Disable ${name}?`}
                text="Their sessions and access tokens end at once, and they cannot sign in. Their history stays."
                verb="Disable"
                aria-label={`Disable ${name}`}
              >
                Disable
              </ConfirmButton>
            )}
          </>
        )}
      </div>
    </li>
  );
}
