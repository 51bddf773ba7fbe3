import { useRevalidator } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import type { PortalFrame, PortalIncident } from "../../core/portal.ts";
import { LiveConnection, type LiveStatus } from "./connection.ts";
import { StreamPosition } from "./position.ts";

export interface PortalLive {
  status: LiveStatus;
  /** The newest of each incident that the stream has told of, by id. */
  incidents: ReadonlyMap<string, PortalIncident>;
}

const START: PortalLive = { status: "connecting", incidents: new Map() };

/** A company's own stream. Where some of it was missed, the page is read anew. */
export function usePortalLive(companyId: string): PortalLive {
  const [live, setLive] = useState(START);
  const { revalidate } = useRevalidator();
  const reload = useRef(revalidate);
  reload.current = revalidate;
  useEffect(() => {
    setLive(START);
    const connection = new LiveConnection<PortalFrame>(
      {
        status: (status) => setLive((now) => ({ ...now, status })),
        // The session may be gone: reading the page says so.
        refused: () => reload.current(),
        frame(frame) {
          if (frame.type === "resync") reload.current();
          if (frame.type !== "incident_created" && frame.type !== "incident_updated") return;
          const incident = frame.data;
          setLive((now) => {
            if ((now.incidents.get(incident.id)?.version ?? -1) >= incident.version) return now;
            return { ...now, incidents: new Map(now.incidents).set(incident.id, incident) };
          });
        },
      },
      new StreamPosition(),
      `/api/portal/live?company_id=${encodeURIComponent(companyId)}`,
    );
    connection.start();
    return () => connection.stop();
  }, [companyId]);
  return live;
}

/** The incident as the page has it, or the stream's newer one. */
export function newer(incident: PortalIncident, live: PortalLive): PortalIncident {
  const other = live.incidents.get(incident.id);
  return other && other.version > incident.version ? other : incident;
}

/** What is open and what was resolved since the page was read, worst and newest first. */
export function merged(
  loaded: { open: PortalIncident[]; open_total: number },
  live: PortalLive,
): { open: PortalIncident[]; total: number; resolved: PortalIncident[] } {
  const known = new Map(loaded.open.map((incident) => [incident.id, newer(incident, live)]));
  for (const incident of live.incidents.values())
    if (!known.has(incident.id)) known.set(incident.id, incident);
  const all = [...known.values()];
  const open = all.filter((incident) => incident.status !== "resolved");
  const resolved = all.filter((incident) => incident.status === "resolved");
  return { open, total: loaded.open_total + open.length - loaded.open.length, resolved };
}
