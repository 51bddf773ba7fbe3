import { useRevalidator } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import type { PortalFrame, PortalIncident } from "../../core/portal.ts";
import { byTrouble } from "../../core/portal-status.ts";
import { LiveConnection, type LiveStatus } from "./connection.ts";
import { StreamPosition } from "./position.ts";

export interface PortalLive {
  status: LiveStatus;
  /** The newest of each incident that the stream has told of, by id. */
  incidents: ReadonlyMap<string, PortalIncident>;
}

const START: PortalLive = { status: "connecting", incidents: new Map() };
/** Of a page that stays open for weeks; older ones are in what was loaded. */
const KEPT = 500;
/** Lists run a moment behind the stream: what happened just before a greeting may not be in them yet. */
const LATER_MS = 3000;

function keep(known: PortalLive["incidents"], incident: PortalIncident): PortalLive["incidents"] {
  if ((known.get(incident.id)?.version ?? -1) >= incident.version) return known;
  const next = new Map(known);
  next.delete(incident.id);
  next.set(incident.id, incident);
  for (const id of next.keys()) {
    if (next.size <= KEPT) break;
    next.delete(id);
  }
  return next;
}

/** A company's own stream. Where some of it may have been missed, the page is read anew. */
export function usePortalLive(companyId: string): PortalLive {
  const [live, setLive] = useState(START);
  const { revalidate } = useRevalidator();
  const read = useRef(revalidate);
  read.current = revalidate;
  useEffect(() => {
    setLive(START);
    let epoch: string | null = null;
    let later: ReturnType<typeof setTimeout> | undefined;
    const readAnew = () => {
      // What was known may have ended unheard.
      setLive((now) => ({ ...now, incidents: START.incidents }));
      read.current();
      clearTimeout(later);
      later = setTimeout(() => read.current(), LATER_MS);
    };
    const connection = new LiveConnection<PortalFrame>(
      {
        status: (status) => setLive((now) => ({ ...now, status })),
        // The session may be gone: reading the page says so.
        refused: () => read.current(),
        frame(frame) {
          if (frame.type === "resync") readAnew();
          else if (frame.type === "hello") {
            // Nobody listened between the page's making and the first greeting, or the object began anew.
            if (frame.data.epoch !== epoch) readAnew();
            epoch = frame.data.epoch;
          } else setLive((now) => ({ ...now, incidents: keep(now.incidents, frame.data) }));
        },
      },
      new StreamPosition(),
      `/api/portal/live?company_id=${encodeURIComponent(companyId)}`,
    );
    connection.start();
    return () => {
      clearTimeout(later);
      connection.stop();
    };
  }, [companyId]);
  return live;
}

/** The incident as the page has it, or the stream's newer one. */
export function newer(incident: PortalIncident, live: PortalLive): PortalIncident {
  const other = live.incidents.get(incident.id);
  return other && other.version > incident.version ? other : incident;
}

/** What is open, the worst first, and what was resolved since the page was read. */
export function merged(
  loaded: { open: PortalIncident[]; open_total: number },
  live: PortalLive,
): { open: PortalIncident[]; total: number; resolved: PortalIncident[] } {
  const known = new Map(loaded.open.map((incident) => [incident.id, newer(incident, live)]));
  for (const incident of live.incidents.values())
    if (!known.has(incident.id)) known.set(incident.id, incident);
  const all = [...known.values()];
  const open = all.filter((incident) => incident.status !== "resolved").sort(byTrouble);
  const resolved = all.filter((incident) => incident.status === "resolved");
  return { open, total: loaded.open_total + open.length - loaded.open.length, resolved };
}
