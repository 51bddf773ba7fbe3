import { SmartModel } from "../../../core/smart/model.ts";
import type { SmartInput, SmartPlace } from "../../../core/smart/port.ts";

export const START = Date.UTC(2026, 4, 4, 8);
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

const LINKS: [string, string][] = [
  ["web-01", "app-01"],
  ["web-02", "app-01"],
  ["app-01", "db-01"],
];

function neighbours(asset: string): string[] {
  return LINKS.flatMap(([a, b]) => (a === asset ? [b] : b === asset ? [a] : []));
}

/** A company whose alerts are placed one after the other, with incidents numbered as they open. */
export class Company {
  model: SmartModel;
  incidents = 0;
  readonly log: { incident: number; place: SmartPlace }[] = [];
  closed = new Set<number>();

  constructor(model = new SmartModel()) {
    this.model = model;
  }

  input(at: number, asset: string, signature: string, more: Partial<SmartInput> = {}): SmartInput {
    return {
      asset,
      signature,
      check: signature,
      tool: "prometheus",
      group: null,
      severity: "high",
      at,
      neighbours: neighbours(asset),
      ...more,
    };
  }

  /** Places an alert and answers with its incident. */
  alert(at: number, asset: string, signature: string, more: Partial<SmartInput> = {}): number {
    const input = this.input(at, asset, signature, more);
    const place = this.model.place(input, (incident) => !this.closed.has(incident));
    let incident: number;
    if (place.kind === "found") {
      this.incidents += 1;
      incident = this.incidents;
    } else {
      incident = place.incident;
      for (const pull of place.pull) this.model.merged(incident, pull.incident);
    }
    this.model.placed(input, incident);
    this.log.push({ incident, place });
    return incident;
  }

  /** Why the newest alert went where it did. */
  get why(): string[] {
    return this.log.at(-1)?.place.reasons.map((r) => r.text) ?? [];
  }

  get rules(): string[] {
    return this.log.at(-1)?.place.reasons.map((r) => r.rule) ?? [];
  }

  /** A day in which nothing but one routine check comes, every ten minutes: the company is known. */
  quietDay(until = START): void {
    for (let at = until - 24 * HOUR; at < until; at += 10 * MINUTE)
      this.alert(at, "mail-01", "login_success");
  }
}
