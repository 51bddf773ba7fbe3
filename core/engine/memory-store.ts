import type { AlertState, EngineStore, IncidentState, Tombstone } from "./state.ts";

/** The engine's state in plain maps, for replays and property tests. */
export class MemoryStore implements EngineStore {
  readonly alerts = new Map<number, AlertState>();
  readonly incidents = new Map<number, IncidentState>();
  private byKey = new Map<string, AlertState>();
  private byAggKey = new Map<string, IncidentState>();
  private tombstones = new Map<string, Tombstone>();

  nextAlertSeq(): number {
    return this.alerts.size + 1;
  }
  nextIncidentSeq(): number {
    return this.incidents.size + 1;
  }
  alertByKey(key: string): AlertState | undefined {
    return this.byKey.get(key);
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
