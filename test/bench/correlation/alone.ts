import { canonicalSignature } from "../../../core/signature.ts";
import { SmartModel } from "../../../core/smart/model.ts";
import type { SmartPlace } from "../../../core/smart/port.ts";
import type { Stream } from "./stream.ts";

const anyIncident = () => true;

export interface AloneRun {
  /** Group of each alert, after all merges. */
  groups: number[];
  models: Map<string, SmartModel>;
}

/**
 * The strategy by itself: every alert is placed, none is taken as a repeat of a firing one. One model for each
 * tenant. `seen` hears every decision.
 */
export function runAlone(stream: Stream, seen?: (index: number, place: SmartPlace) => void): AloneRun {
  const models = new Map<string, SmartModel>();
  const into = new Map<number, number>();
  const placed: number[] = [];
  let next = 0;
  stream.alerts.forEach((a, index) => {
    let model = models.get(a.tenant);
    if (!model) {
      model = new SmartModel();
      models.set(a.tenant, model);
    }
    const input = {
      asset: a.asset,
      signature: canonicalSignature(a.signature).name,
      check: a.signature,
      tool: a.tool,
      group: a.group ?? null,
      severity: a.severity,
      at: a.t,
      neighbours: stream.neighbours(a.asset),
    };
    const place = model.place(input, anyIncident);
    seen?.(index, place);
    let incident: number;
    if (place.kind === "found") {
      next += 1;
      incident = next;
    } else {
      incident = place.incident;
      for (const pull of place.pull) {
        model.merged(incident, pull.incident);
        into.set(pull.incident, incident);
      }
    }
    model.placed(input, incident);
    placed.push(incident);
  });
  const final = (group: number): number => {
    let id = group;
    for (let to = into.get(id); to !== undefined; to = into.get(id)) id = to;
    return id;
  };
  return { groups: placed.map(final), models };
}
