import { CalendarClock } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { WindowView } from "../../../core/policy/maintenance.ts";
import { duration } from "../../lib/format.ts";
import { useNow } from "../../lib/now.tsx";
import { useViewer } from "../../lib/use-console.ts";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
import { CommandButton, ConfirmButton } from "../ui/command-button.tsx";
import { Empty } from "../ui/empty.tsx";
import { Panel } from "../ui/panel.tsx";
import { describe } from "./draft.ts";
import { repeatWords } from "./repeat-words.ts";
import { untilTime, zoneTime } from "./zone-time.ts";

const WindowDialog = lazy(() => import("./window-dialog.tsx"));

interface WindowsProps {
  windows: WindowView[];
  companyId: string;
  zone: string;
}

/** Planned times in which alerts are expected. */
export function WindowsPanel({ windows, companyId, zone }: WindowsProps) {
  const { may } = useViewer();
  const [editing, setEditing] = useState<WindowView | "new" | null>(null);
  const add = may("noise.rules") && (
    <Button size="sm" look="primary" onClick={() => setEditing("new")}>
      Plan a window
    </Button>
  );
  return (
    <Panel title="Maintenance windows" aside={windows.length > 0 && add} flush>
      {windows.length === 0 ? (
        <Empty icon={CalendarClock} title="No maintenance is planned" action={add || undefined}>
          During a window new alerts are kept and marked. At its end you get one report; what still fires gets
          its incident.
        </Empty>
      ) : (
        <>
          <ul className="divide-y">
            {windows.map((window) => (
              <WindowRow key={window.id} window={window} onEdit={() => setEditing(window)} />
            ))}
          </ul>
          <Calendar windows={windows} zone={zone} />
        </>
      )}
      {editing && (
        <Suspense fallback={null}>
          <WindowDialog
            window={editing === "new" ? null : editing}
            companyId={companyId}
            zone={zone}
            onClose={() => setEditing(null)}
          />
        </Suspense>
      )}
    </Panel>
  );
}

const TONES = { active: "warn", pending: "accent", ended: "plain", disabled: "plain" } as const;

function WindowRow({ window, onEdit }: { window: WindowView; onEdit(): void }) {
  const { may } = useViewer();
  const now = useNow();
  const { id, name, status, current } = window;
  const left = current ? Date.parse(current.ends_at) - now : 0;
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-2 px-4 py-3 text-sm">
      <div className="min-w-0 flex-1 basis-60 space-y-1">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          <span className="break-words">{name}</span>
          <Chip tone={TONES[status]}>{status === "active" ? "goes on now" : status}</Chip>
        </p>
        <p className="break-words text-soft">
          {window.when ? describe(window.when) : "the whole company"}
          {window.security_breaks_through && ", but critical security alerts break through"}
        </p>
        <p className="text-xs text-faint">
          {window.starts_at.replace("T", " ")} {window.zone}, {duration(window.duration_minutes * 60)}
          {window.rrule && `, ${repeatWords(window.rrule)}`}
          {left > 0 && `; ${duration(left / 1000)} left`}
        </p>
        {window.last_error && (
          <p role="alert" className="text-xs text-danger">
            Holds nothing: {window.last_error}
          </p>
        )}
      </div>
      {may("noise.rules") && (
        <span className="flex flex-wrap gap-2">
          {current && (
            <CommandButton
              intent="window-end"
              fields={{ id }}
              done={`${name} ended for this time`}
              aria-label={`End now: ${name}`}
            >
              End now
            </CommandButton>
          )}
          <Button size="sm" onClick={onEdit} aria-label={`Change ${name}`}>
            Change
          </Button>
          <ConfirmButton
            intent="window-delete"
            fields={{ id }}
            done="Window deleted"
            title={`Delete ${name}?`}
            text="If it goes on now it ends, and what still fires gets its incident."
            verb="Delete"
            aria-label={`Delete ${name}`}
          >
            Delete
          </ConfirmButton>
        </span>
      )}
    </li>
  );
}

/** The next times of all windows, in the company's zone. */
function Calendar({ windows, zone }: { windows: WindowView[]; zone: string }) {
  const next = windows
    .flatMap(({ id, name, status, current, next }) =>
      status === "disabled"
        ? []
        : [...(current ? [current] : []), ...next].map((time) => ({ ...time, id, name })),
    )
    .sort((a, b) => a.starts_at.localeCompare(b.starts_at))
    .slice(0, 10);
  if (next.length === 0) return null;
  return (
    <div className="border-t px-4 py-3">
      <h3 className="mb-2 text-xs font-semibold text-soft">Next times ({zone})</h3>
      <ol className="space-y-1 text-sm">
        {next.map(({ id, name, starts_at, ends_at }) => (
          <li key={`${id} ${starts_at}`} className="flex flex-wrap gap-x-3">
            <time dateTime={starts_at} className="w-32 tabular-nums text-soft sm:w-44">
              {zoneTime(starts_at, zone)}
            </time>
            <span className="min-w-0 flex-1 truncate">
              {name}
              <span className="text-faint"> until {untilTime(starts_at, ends_at, zone)}</span>
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
