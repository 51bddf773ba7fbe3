import { Activity, Zap } from "lucide-react";
import type { ReactNode } from "react";
import type { Incident } from "../../../core/incident.ts";

function Mark({ children }: { children: ReactNode }) {
  return (
    <span className="inline-flex shrink-0 items-center gap-1 rounded-sm border px-1 text-2xs text-soft">
      {children}
    </span>
  );
}

/** What is special about an incident, beside its title. */
export function IncidentMarks({ incident: { flapping, storm } }: { incident: Incident }) {
  return (
    <>
      {storm && storm.until === null && (
        <Mark>
          <Zap aria-hidden className="size-3" />
          <span className="sm:max-lg:sr-only">Storm</span>
        </Mark>
      )}
      {flapping && (
        <Mark>
          <Activity aria-hidden className="size-3" />
          <span className="sm:max-lg:sr-only">Flapping</span>
        </Mark>
      )}
    </>
  );
}
