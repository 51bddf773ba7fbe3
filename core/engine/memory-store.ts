import { HeldBook } from "./held-book.ts";
import type { AlertState, EngineStore, IncidentState, Tombstone } from "./state.ts";

/** The engine's state in plain maps, for replays and property tests. */
export class MemoryStore implements EngineStore {
  readonly alerts = new Map<number, AlertState>();
  readonly incidents = new Map<number, IncidentState>();
  private lastAlert = 0;
  private byKey = new Map<string, AlertState>();
  private byAggKey = new Map<string, IncidentState>();
  private tombstones = new Map<string, Tombstone>();
  private held = new HeldBook((seq) => this.alerts.get(seq));

  nextAlertSeq(): number {
    this.lastAlert += 1;
    return this.lastAlert;
  }
  nextIncidentSeq(): number {
    return this.incidents.size + 1;
  }
  alertByKey(key: string): AlertState | undefined {
    return this.byKey.get(key);
  }
  alert(seq: number): AlertState | undefined {
    return this.alerts.get(seq);
  }
  alertsOf(seqs: number[]): AlertState[] {
    return seqs.flatMap((seq) => this.alerts.get(seq) ?? []);
  }
  firingOfFamily(tool: string, family: string): AlertState[] {
    return [...this.alerts.values()].filter(
      (a) => a.status === "firing" && a.family === family && a.tool === tool,
    );
  }
  heldOf(key: string | null, max: number): AlertState[] {
    return this.held.of(key, max);
  }
  keepHeld(alert: AlertState): void {
    this.held.keep(alert);
  }
  incident(seq: number): IncidentState | undefined {
    return this.incidents.get(seq);
  }
  incidentByKey(aggKey: string): IncidentState | undefined {
    return this.byAggKey.get(aggKey);
  }
  tombstone(key: string): Tombstone | undefined {
    return this.tombstones.get(key);
  }
  addAlert(alert: AlertState): void {
    this.alerts.set(alert.seq, alert);
    this.byKey.set(alert.key, alert);
  }
  /** Takes an alert out that can matter no more, so that a long replay stays small. */
  forget(alert: AlertState): void {
    this.alerts.delete(alert.seq);
    if (this.byKey.get(alert.key) === alert) this.byKey.delete(alert.key);
  }
  addIncident(incident: IncidentState): void {
    this.incidents.set(incident.seq, incident);
    this.byAggKey.set(incident.agg_key, incident);
  }
  addTombstone(tombstone: Tombstone): void {
    const event_time = Math.max(tombstone.event_time, this.tombstones.get(tombstone.key)?.event_time ?? 0);
    this.tombstones.set(tombstone.key, { ...tombstone, event_time });
  }
  dropTombstone(key: string): void {
    this.tombstones.delete(key);
  }
}
