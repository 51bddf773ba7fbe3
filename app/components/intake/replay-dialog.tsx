import { useRevalidator } from "@remix-run/react";
import { useState } from "react";
import type { MappingView } from "../../../core/mapping/mapping.ts";
import { useCompany } from "../../lib/company-context.ts";
import { plural } from "../../lib/format.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { FormError } from "../ui/form-error.tsx";
import { CONTROL } from "./line.tsx";
import { ReplayReport, replayFigures } from "./replay-report.tsx";
import { type ReplayAsk, useReplayMany } from "./use-replay-many.ts";

interface DialogProps {
  title: string;
  /** Which are meant; with a mapping, that is how they are read. */
  ask: ReplayAsk;
  mappings: MappingView[];
  onClose(): void;
}

/** Looks first which deliveries could be read now; then takes them in, and says exactly what became of each. */
export function ReplayDialog({ title, ask, mappings, onClose }: DialogProps) {
  const { id } = useCompany();
  const { revalidate } = useRevalidator();
  const [mapping, setMapping] = useState(ask.mapping ?? "");
  const { run, send, stop, goOn } = useReplayMany(id, { ...ask, ...(mapping && { mapping }) });
  const { phase, letters, left, problem } = run;
  const { read, failed, sentences } = replayFigures(letters, phase);
  const busy = (phase === "checking" || phase === "sending") && !problem;
  const begun = phase === "sending" || phase === "sent";
  const all = letters.length + left;
  const live = mappings.filter(({ enabled }) => enabled);
  const close = () => {
    if (begun) revalidate();
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={title}
      description="Nothing is taken in twice: what was sent again before stays as it is."
    >
      <div className="space-y-4 text-sm">
        {!ask.mapping && (
          <label className="flex min-w-0 items-center gap-2 whitespace-nowrap">
            Read them
            <select
              className={CONTROL}
              value={mapping}
              disabled={begun}
              onChange={(event) => setMapping(event.target.value)}
            >
              <option value="">as they were sent</option>
              {live.map((one) => (
                <option key={one.id} value={one.id}>
                  by the mapping {one.name}
                </option>
              ))}
            </select>
          </label>
        )}
        {busy && (
          <div className="space-y-1">
            <progress
              className="w-full"
              aria-label="Progress"
              max={Math.max(1, all)}
              value={letters.length}
            />
            <p aria-live="polite" className="text-xs text-faint">
              {`${phase === "checking" ? "Looking" : "Sending"}: ${letters.length} of ${all}`}
            </p>
          </div>
        )}
        <FormError errors={problem ? [problem] : undefined} />
        {!busy && all === 0 && !problem && <p className="text-soft">None is kept that this could read.</p>}
        {letters.length > 0 && !busy && <ReplayReport letters={letters} phase={phase} />}
        {phase === "sent" && (
          <p role="status" className="text-ok">
            {sentences.read}.{failed.length > 0 && " What still fails stays here."}
            {left > 0 && ` Stopped: ${plural(left, "delivery was", "deliveries were")} not looked at.`}
          </p>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          {phase === "sending" && !problem ? (
            <Button onClick={stop}>Stop</Button>
          ) : (
            <Button onClick={close}>{phase === "sent" ? "Done" : "Cancel"}</Button>
          )}
          {problem && (
            <Button look="primary" onClick={goOn}>
              Go on
            </Button>
          )}
          {phase === "checked" && !problem && (
            <Button look="primary" disabled={read.length === 0} onClick={send}>
              {`Send ${plural(read.length, "delivery", "deliveries")} again`}
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  );
}
