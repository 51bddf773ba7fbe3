import { Link } from "@remix-run/react";
import { UserPlus, Users } from "lucide-react";
import type { Invitation, Person } from "../../lib/people-types.ts";
import { ROLE_WORD } from "../../lib/role-words.ts";
import { useViewer } from "../../lib/use-console.ts";
import { Age } from "../ui/age.tsx";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
import { ClockTime } from "../ui/clock-time.tsx";
import { Empty } from "../ui/empty.tsx";
import { Panel } from "../ui/panel.tsx";

/** Who has this company among theirs. */
export function PeoplePanel({ people, companyId }: { people: Person[]; companyId: string }) {
  const { may } = useViewer();
  const invite = may("people.manage") && (
    <Button asChild size="sm">
      <Link to={`/people?invite=1&company_id=${companyId}`}>
        <UserPlus aria-hidden className="size-3.5" />
        Invite somebody
      </Link>
    </Button>
  );
  return (
    <Panel title="People of this company" aside={invite} flush>
      {people.length === 0 ? (
        <Empty icon={Users} title="Nobody is limited to this company">
          MSP administrators see every company. Invite technicians, the company’s own administrator, or a
          client who looks at the portal.
        </Empty>
      ) : (
        <ul className="divide-y">
          {people.map((person) => (
            <li key={person.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 text-sm">
              <div className="min-w-0 flex-1 max-sm:basis-full">
                <p className="truncate font-medium">{person.name}</p>
                <p className="truncate text-xs text-faint">{person.email}</p>
              </div>
              <span className="text-soft">{ROLE_WORD[person.role]}</span>
              {person.employer_company_id === companyId && <Chip>Their own</Chip>}
              {person.disabled && <Chip tone="warn">Disabled</Chip>}
              <span className="text-xs text-faint">
                {person.last_seen_at ? (
                  <>
                    seen <Age at={person.last_seen_at} ago />
                  </>
                ) : (
                  "never seen"
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** Those who have not come yet. */
export function InvitationsPanel({ invitations }: { invitations: Invitation[] }) {
  if (invitations.length === 0) return null;
  return (
    <Panel title="Invited" flush>
      <ul className="divide-y">
        {invitations.map(({ id, email, role, expires_at }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 text-sm">
            <span className="min-w-0 flex-1 truncate max-sm:basis-full">{email}</span>
            <span className="text-soft">{ROLE_WORD[role]}</span>
            <span className="text-xs text-faint">
              until <ClockTime at={expires_at} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
