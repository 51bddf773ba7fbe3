import { HeartPulse } from "lucide-react";
import { useState } from "react";
import { duration } from "../../lib/format.ts";
import type { Heartbeats } from "../../lib/intake.server.ts";
import { useViewer } from "../../lib/use-console.ts";
import { metaOf, SaveForm } from "../noise/save-form.tsx";
import { Age } from "../ui/age.tsx";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
import { CommandButton, ConfirmButton } from "../ui/command-button.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Empty } from "../ui/empty.tsx";
import { TextField } from "../ui/field.tsx";

const TONE = { waiting: "accent", up: "ok", missing: "warn", paused: "plain" } as const;
type Beat = Heartbeats["items"][number];

function Row({ beat, may }: { beat: Beat; may: boolean }) {
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-2 px-4 py-2.5 text-sm">
      <div className="min-w-0 flex-1 basis-60 space-y-1">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium break-words">{beat.name}</span>
          <Chip tone={TONE[beat.state]}>
            {beat.state === "waiting" ? "waiting for the first" : beat.state}
          </Chip>
        </p>
        <p className="text-xs text-faint">
          {beat.last_beat_at ? (
            <>
              heard <Age at={beat.last_beat_at} ago />
            </>
          ) : (
            "never heard"
          )}
          , every {duration(beat.interval_minutes * 60)}
          {beat.misses[0] && (
            <>
              , {beat.misses.length} missed, last <Age at={beat.misses[0].since} ago />
            </>
          )}
        </p>
      </div>
      {may && (
        <span className="flex flex-wrap gap-2">
          <CopyButton text={beat.webhook_path} what={`the path of ${beat.name}`} />
          <CommandButton
            intent="heartbeat-save"
            fields={{ id: beat.id, made: JSON.stringify({ paused: !beat.paused }) }}
            done={beat.paused ? "Watched again" : "Paused"}
          >
            {beat.paused ? "Watch" : "Pause"}
          </CommandButton>
          <ConfirmButton
            intent="heartbeat-delete"
            fields={{ id: beat.id }}
            done="Heartbeat deleted"
            title={`Expect ${beat.name} no longer?`}
            text="Whoever still sends it is answered that it is not known."
            verb="Delete"
          >
            Delete
          </ConfirmButton>
        </span>
      )}
    </li>
  );
}

function AddForm({ onDone }: { onDone(): void }) {
  const [draft, setDraft] = useState({ name: "", asset_name: "", interval: "60", grace: "5" });
  const text = (name: keyof typeof draft) => ({
    value: draft[name],
    onChange: (event: { target: { value: string } }) => setDraft({ ...draft, [name]: event.target.value }),
  });
  const { name, asset_name, interval, grace } = draft;
  const made = { name, asset_name, interval_minutes: Number(interval), grace_minutes: Number(grace) };
  return (
    <SaveForm intent="heartbeat-add" done="Heartbeat added" submit="Expect it" made={made} onDone={onDone}>
      {(errors) => (
        <>
          <TextField meta={metaOf("beat-name", errors, "name")} label="Name" {...text("name")} />
          <TextField meta={metaOf("asset_name", errors)} label="Asset" {...text("asset_name")} />
          <TextField
            meta={metaOf("interval_minutes", errors)}
            label="Every so many minutes"
            inputMode="decimal"
            {...text("interval")}
          />
          <TextField
            meta={metaOf("grace_minutes", errors)}
            label="Minutes it may be late"
            inputMode="decimal"
            {...text("grace")}
          />
        </>
      )}
    </SaveForm>
  );
}

/** What is expected regularly, and what beats without being expected. */
export function HeartbeatsPanel({ heartbeats }: { heartbeats: Heartbeats }) {
  const { may } = useViewer();
  const [open, setOpen] = useState(false);
  const allowed = may("intake.set_up");
  const add = allowed && <Button onClick={() => setOpen(true)}>New heartbeat</Button>;
  return (
    <>
      {heartbeats.items.length === 0 ? (
        <Empty icon={HeartPulse} title="Nothing is expected yet" action={add}>
          A backup or a cron job that calls an address regularly; when it stays away, an alert is raised.
        </Empty>
      ) : (
        <ul className="divide-y">
          {heartbeats.items.map((beat) => (
            <Row key={beat.id} beat={beat} may={allowed} />
          ))}
          {add && <li className="px-4 py-2.5">{add}</li>}
        </ul>
      )}
      {heartbeats.unexpected.length > 0 && (
        <ul className="divide-y border-t" aria-label="Beats, but is not expected">
          {heartbeats.unexpected.map(({ tool, signature, asset_name }) => (
            <li key={`${tool} ${signature}`} className="flex flex-wrap items-center gap-2 px-4 py-2 text-sm">
              <span className="flex-1">{`${signature} of ${tool} beats, and nobody expects it.`}</span>
              {allowed && (
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
                  done="Expected from now on"
                >
                  Expect this one
                </CommandButton>
              )}
            </li>
          ))}
        </ul>
      )}
      <Dialog open={open} onOpenChange={setOpen} title="New heartbeat">
        <AddForm onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}
