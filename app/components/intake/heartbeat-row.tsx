import type { HeartbeatView } from "../../../core/heartbeat.ts";
import { duration, plural, utc } from "../../lib/format.ts";
import { useNow } from "../../lib/now.tsx";
import { Age } from "../ui/age.tsx";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
import { CommandButton, ConfirmButton } from "../ui/command-button.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { SeverityMark } from "../ui/severity.tsx";

const TONE = { waiting: "accent", up: "ok", missing: "warn", paused: "plain" } as const;
const STATE = { waiting: "waiting for the first", up: "up", missing: "missing", paused: "paused" } as const;

/** When the next beat is due, or since when it is away. */
function Due({ beat }: { beat: HeartbeatView }) {
  const now = useNow();
  const { state, due_at, misses } = beat;
  if (state === "paused") return "not watched";
  if (state === "missing" && misses[0])
    return (
      <>
        was due <Age at={misses[0].since} ago />
      </>
    );
  if (!due_at) return null;
  const left = (Date.parse(due_at) - now) / 1000;
  return (
    <>
      next due by{" "}
      <time dateTime={due_at} title={utc(due_at)}>
        {left > 0 ? `in ${duration(left)}` : "now"}
      </time>
    </>
  );
}

interface RowProps {
  beat: HeartbeatView;
  may: boolean;
  onEdit(): void;
}

/** One heartbeat as it is now, and what can be done with it. */
export function HeartbeatRow({ beat, may, onEdit }: RowProps) {
  const { id, name, asset_name, state, last_beat_at, interval_minutes, grace_minutes, misses, match } = beat;
  return (
    <li className="space-y-1.5 px-4 py-2.5 text-sm">
      <p className="flex flex-wrap items-center gap-2">
        <span className="break-words font-medium">{name}</span>
        <Chip tone={TONE[state]}>{STATE[state]}</Chip>
        <span className="text-xs text-faint">
          {last_beat_at ? (
            <>
              last beat <Age at={last_beat_at} ago />
            </>
          ) : (
            "never heard"
          )}
          {", "}
          <Due beat={beat} />
        </span>
      </p>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-soft">
        <SeverityMark severity={beat.severity} />
        <span className="break-words">
          {`for ${asset_name}, every ${duration(interval_minutes * 60)}, ${duration(grace_minutes * 60)} late at most`}
          {match && `; ${match.signature} of ${match.tool} beats as well`}
        </span>
      </p>
      {misses.length > 0 && (
        <details className="text-xs text-soft">
          <summary className="cursor-pointer">{plural(misses.length, "miss", "misses")}</summary>
          <ul className="max-h-40 overflow-y-auto pl-4" tabIndex={-1}>
            {misses.map(({ since, until }) => (
              <li key={since}>
                {utc(since)}, {until ? `away for ${away(since, until)}` : "still away"}
              </li>
            ))}
          </ul>
        </details>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <CopyButton text={beat.webhook_path} what={`the path of ${name}`} />
        {may && (
          <>
            <Button size="sm" onClick={onEdit}>
              Edit<span className="sr-only"> {name}</span>
            </Button>
            <CommandButton
              intent="heartbeat-pause"
              fields={{ id, made: JSON.stringify({ paused: !beat.paused }) }}
              done={beat.paused ? `${name} is watched again` : `${name} is paused`}
              aria-label={beat.paused ? `Resume ${name}` : `Pause ${name}`}
            >
              {beat.paused ? "Resume" : "Pause"}
            </CommandButton>
            <ConfirmButton
              intent="heartbeat-delete"
              fields={{ id }}
              done={`Heartbeat ${name} deleted`}
              title={`Expect ${name} no longer?`}
              text="Whoever still sends it is answered that it is not known. An alert of its absence is over."
              verb="Delete"
              aria-label={`Delete ${name}`}
            >
              Delete
            </ConfirmButton>
          </>
        )}
      </div>
    </li>
  );
}

const away = (since: string, until: string) => duration((Date.parse(until) - Date.parse(since)) / 1000);
