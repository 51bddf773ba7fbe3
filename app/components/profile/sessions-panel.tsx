import { MonitorSmartphone } from "lucide-react";
import { deviceOf } from "../../lib/device.ts";
import type { SessionItem } from "../../lib/people-types.ts";
import { Age } from "../ui/age.tsx";
import { Chip } from "../ui/chip.tsx";
import { CommandButton, ConfirmButton } from "../ui/command-button.tsx";

/** Where one is signed in. */
export function SessionsPanel({ sessions }: { sessions: SessionItem[] }) {
  const sorted = [...sessions].sort((a, b) => Number(b.current) - Number(a.current));
  return (
    <>
      <ul className="divide-y">
        {sorted.map((session) => (
          <li key={session.id} className="flex items-center gap-2.5 px-4 py-2.5 text-sm">
            <MonitorSmartphone aria-hidden className="size-4 shrink-0 text-faint" />
            <span className="min-w-0 flex-1">
              <span className="block truncate" title={session.user_agent ?? undefined}>
                {deviceOf(session.user_agent)}
              </span>
              <span className="block text-xs text-faint">
                {session.ip ?? "unknown address"}, seen <Age at={session.last_seen_at} ago />
              </span>
            </span>
            {session.current ? (
              <Chip tone="accent">This one</Chip>
            ) : (
              <CommandButton
                intent="session-end"
                fields={{ id: session.id }}
                done="Session ended"
                look="danger"
                aria-label={`End the session of ${deviceOf(session.user_agent)}`}
              >
                End
              </CommandButton>
            )}
          </li>
        ))}
      </ul>
      <div className="border-t p-4">
        <ConfirmButton
          intent="sessions-end"
          done="Signed out everywhere else"
          title="Sign out everywhere else?"
          text="Every session but this one ends at once, open pages included."
          verb="Sign out everywhere else"
          size="md"
          disabled={sessions.length < 2}
        >
          Sign out everywhere else
        </ConfirmButton>
      </div>
    </>
  );
}
