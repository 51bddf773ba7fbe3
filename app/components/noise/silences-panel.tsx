import { BellOff } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { SilenceView } from "../../../core/policy/silence.ts";
import { duration } from "../../lib/format.ts";
import { useNow } from "../../lib/now.tsx";
import { useViewer } from "../../lib/use-console.ts";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
import { ClockTime } from "../ui/clock-time.tsx";
import { CommandButton, ConfirmButton } from "../ui/command-button.tsx";
import { Empty } from "../ui/empty.tsx";
import { Panel } from "../ui/panel.tsx";
import { describe } from "./draft.ts";

const SilenceDialog = lazy(() => import("./silence-dialog.tsx"));
const TONES = { active: "warn", pending: "accent", ended: "plain" } as const;
const HOUR_MS = 3_600_000;

/** What holds new alerts back now, and what did in the last 30 days. */
export function SilencesPanel({ silences, companyId }: { silences: SilenceView[]; companyId: string }) {
  const { may } = useViewer();
  const [adding, setAdding] = useState(false);
  const add = may("noise.silence") && (
    <Button size="sm" look="primary" onClick={() => setAdding(true)}>
      Silence alerts
    </Button>
  );
  return (
    <Panel title="Silences" aside={silences.length > 0 && add} flush>
      {silences.length === 0 ? (
        <Empty icon={BellOff} title="Nothing is silenced" action={add || undefined}>
          A silence holds new alerts back for a while. They are kept and marked; what still fires when it ends
          gets its incident then.
        </Empty>
      ) : (
        <ul className="divide-y">
          {silences.map((silence) => (
            <SilenceRow key={silence.id} silence={silence} />
          ))}
        </ul>
      )}
      {adding && (
        <Suspense fallback={null}>
          <SilenceDialog companyId={companyId} onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </Panel>
  );
}

function SilenceRow({ silence }: { silence: SilenceView }) {
  const { may } = useViewer();
  const now = useNow();
  const { id, status, when, comment, ends_at } = silence;
  const left = Date.parse(ends_at) - now;
  const longer = JSON.stringify({ ends_at: new Date(Date.parse(ends_at) + HOUR_MS).toISOString() });
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-2 px-4 py-3 text-sm">
      <div className="min-w-0 flex-1 basis-60 space-y-1">
        <p className="flex flex-wrap items-center gap-2">
          <span className="break-words font-medium">{describe(when)}</span>
          <Chip tone={TONES[status]}>{status}</Chip>
        </p>
        {comment && <p className="break-words text-soft">{comment}</p>}
        <p className="text-xs text-faint">
          By {silence.created_by}, <ClockTime at={silence.starts_at} /> to <ClockTime at={ends_at} />
          {status === "active" && left > 0 && `, ${duration(left / 1000)} left`}
          {silence.ended_by && `, ended early by ${silence.ended_by}`}
        </p>
      </div>
      {status !== "ended" && may("noise.silence") && (
        <span className="flex gap-2">
          <CommandButton
            intent="silence-save"
            fields={{ id, made: longer }}
            done="Silence extended by an hour"
            aria-label={`1 h longer: ${describe(when)}`}
          >
            1 h longer
          </CommandButton>
          <ConfirmButton
            intent="silence-end"
            fields={{ id }}
            done="Silence ended"
            title="End this silence now?"
            text="What it held and still fires gets its incident at once."
            verb="End it"
            aria-label={`End the silence: ${describe(when)}`}
          >
            End
          </ConfirmButton>
        </span>
      )}
    </li>
  );
}
