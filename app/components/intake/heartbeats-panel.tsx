import { HeartPulse } from "lucide-react";
import { useState } from "react";
import type { HeartbeatView } from "../../../core/heartbeat.ts";
import { useCompany } from "../../lib/company-context.ts";
import type { Heartbeats } from "../../lib/intake.server.ts";
import { useViewer } from "../../lib/use-console.ts";
import { Button } from "../ui/button.tsx";
import { CommandButton } from "../ui/command-button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Empty } from "../ui/empty.tsx";
import { HeartbeatForm } from "./heartbeat-form.tsx";
import { HeartbeatRow } from "./heartbeat-row.tsx";
import { useHeartbeats } from "./use-heartbeats.ts";

/** What is expected regularly, as it is now, and what beats without being expected. */
export function HeartbeatsPanel({ heartbeats }: { heartbeats: Heartbeats }) {
  const { may } = useViewer();
  const { id } = useCompany();
  const { items, stale } = useHeartbeats(id, heartbeats);
  const [open, setOpen] = useState<HeartbeatView | "new" | null>(null);
  const allowed = may("intake.set_up");
  const add = allowed && <Button onClick={() => setOpen("new")}>New heartbeat</Button>;
  return (
    <>
      {items.length === 0 ? (
        <Empty icon={HeartPulse} title="Nothing is expected yet" action={add}>
          A backup or a cron job that calls an address regularly; when it stays away, an alert is raised.
          {!allowed && " Your role cannot add one."}
        </Empty>
      ) : (
        <>
          {(stale || !allowed) && (
            <p role="status" className="border-b px-4 py-2 text-xs text-faint">
              {stale
                ? "The state could not be read just now; it is asked again by itself."
                : "Your role can look at heartbeats, not change them."}
            </p>
          )}
          <ul className="divide-y" aria-label="Heartbeats">
            {items.map((beat) => (
              <HeartbeatRow key={beat.id} beat={beat} may={allowed} onEdit={() => setOpen(beat)} />
            ))}
          </ul>
          {add && <div className="border-t px-4 py-2.5">{add}</div>}
        </>
      )}
      <Unexpected beating={heartbeats.unexpected} may={allowed} />
      <Dialog
        open={open !== null}
        onOpenChange={(on) => !on && setOpen(null)}
        title={open === "new" || !open ? "New heartbeat" : `Change ${open.name}`}
      >
        {open && <HeartbeatForm beat={open === "new" ? null : open} onDone={() => setOpen(null)} />}
      </Dialog>
    </>
  );
}

function Unexpected({ beating, may }: { beating: Heartbeats["unexpected"]; may: boolean }) {
  if (beating.length === 0) return null;
  return (
    <ul className="divide-y border-t" aria-label="Beats, but is not expected">
      {beating.map(({ tool, signature, asset_name }) => (
        <li key={`${tool} ${signature}`} className="flex flex-wrap items-center gap-2 px-4 py-2 text-sm">
          <span className="min-w-0 flex-1 basis-48 break-words">{`${signature} of ${tool} beats, and nobody expects it.`}</span>
          {may && (
            <CommandButton
              intent="heartbeat-add"
              fields={{
                made: JSON.stringify({
                  name: signature,
                  asset_name: asset_name || tool,
                  interval_minutes: 10,
                  grace_minutes: 5,
                  match: { tool, signature },
                }),
              }}
              done={`${signature} is expected from now on`}
            >
              Expect this one
            </CommandButton>
          )}
        </li>
      ))}
    </ul>
  );
}
