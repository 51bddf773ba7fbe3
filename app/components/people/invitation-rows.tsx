import type { Invitation } from "../../lib/people-types.ts";
import { ROLE_WORD } from "../../lib/role-words.ts";
import { Age } from "../ui/age.tsx";
import { Chip } from "../ui/chip.tsx";
import { CommandButton, ConfirmButton } from "../ui/command-button.tsx";
import { useWhere } from "./person-rows.tsx";

/** Invitations that nobody has accepted yet. */
export function InvitationRows({ invitations }: { invitations: Invitation[] }) {
  const where = useWhere();
  return (
    <ul className="divide-y">
      {invitations.map(({ id, email, role, company_ids, sent_at, status }) => (
        <li
          key={id}
          className="grid items-center gap-x-4 gap-y-1 px-4 py-3 text-sm md:grid-cols-[minmax(0,5fr)_minmax(0,5fr)_minmax(0,3fr)_11rem]"
        >
          <p className="truncate font-medium">{email}</p>
          <div className="min-w-0">
            <p>{ROLE_WORD[role]}</p>
            <p className="truncate text-xs text-soft">{where(role, company_ids)}</p>
          </div>
          <p className="text-xs text-soft">
            {status === "expired" ? (
              <Chip tone="warn">Expired</Chip>
            ) : (
              <>
                Sent <Age at={sent_at} ago />
              </>
            )}
          </p>
          <div className="flex gap-2 md:justify-end">
            <CommandButton
              intent="invite-resend"
              fields={{ id }}
              done={`Sent to ${email} again`}
              aria-label={`Send again to ${email}`}
            >
              Send again
            </CommandButton>
            <ConfirmButton
              intent="invite-revoke"
              fields={{ id }}
              done="Invitation revoked"
              title="Revoke this invitation?"
              text={`The link that ${email} got stops working.`}
              verb="Revoke"
              aria-label={`Revoke the invitation to ${email}`}
            >
              Revoke
            </ConfirmButton>
          </div>
        </li>
      ))}
    </ul>
  );
}
