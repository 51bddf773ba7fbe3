import type { AlertStatus, Category, Link, Reason } from "../alert.ts";
import type { AssetRecord } from "../asset.ts";
import type { IncidentStatus } from "../incident.ts";
import type { Severity } from "../severity.ts";
import type { Span } from "./arrivals.ts";
import type { OpenIndex } from "./open-index.ts";

/** [name, severity, when it fired last by the source's time] of one of an alert's firings at its source. */
export type Variant = [name: string, severity: Severity, fired_at: number];

/** What a rule of the company said of an alert's place, kept with it while it may still be placed. */
export interface Ruling {
  group?: { rule: string; parts: string[]; window_minutes?: number; why: Reason };
  title?: string;
  assignee?: Person;
  runbook?: string;
}

/** An alert as the engine keeps it. Times are epoch milliseconds. */
export interface AlertState {
  seq: number;
  key: string;
  incident: number | null;
  status: AlertStatus;
  severity: Severity;
  original_severity: Severity;
  category: Category;
  asset_name: string;
  asset_id: string | null;
  /** Resolved asset, "" where none. */
  asset_key: string;
  signature: string;
  raw_signature: string;
  message: string;
  tool: string;
  delivery_id: string | null;
  count: number;
  first_seen: number;
  last_seen: number;
  /** The source's time of the newest firing applied; orders recoveries against it. */
  fired_at: number;
  /** The source's time of the recovery, while it stands. */
  resolved_at: number | null;
  received_at: number;
  last_received_at: number;
  suppressed_by: string | null;
  tags: [string, string][];
  links: Link[];
  flags: string[];
  why: Reason[];
  /** What of it fires at the source; empty once it is closed. */
  variants: Variant[];
  /** What its tool grouped it with. */
  group?: string | null;
  /** The rule at its source that it comes from. */
  family?: string | null;
  /** In no incident yet: the key it waits under, since when, and how often it came since. */
  held?: [key: string, since: number, deliveries: number];
  ruled?: Ruling;
  /** While its source says the first, the company's rules make it the second. */
  set_severity?: [said: Severity, counts: Severity];
  /** Its newest changes between firing and well, oldest first. */
  flips?: number[];
  flapping?: boolean;
  /** When it came and recovered, from its second arrival or its first recovery on. */
  arrivals?: Span[];
  /** The commit this row was last written in, 0 while it is new; a repeat journalled later is applied on top of it. */
  commit: number;
}

export interface Person {
  id: string;
  name: string;
}

export interface IncidentState {
  seq: number;
  agg_key: string;
  status: IncidentStatus;
  severity: Severity;
  title: string;
  category: Category;
  signature: string;
  signature_title: string;
  /** Resolved asset -> the name people read. */
  assets: [string, string][];
  tools: string[];
  critical_asset: boolean;
  alert_count: number;
  /** Distinct alerts that joined, the ones beyond the cap included. */
  distinct: number;
  firing: number;
  /** Seqs of the alerts listed, at most MEMBERS_MAX. */
  members: number[];
  assigned_to: Person | null;
  acknowledged_at: number | null;
  acknowledged_by: Person | null;
  why: Reason[];
  created_at: number;
  /** Creation or the latest re-opening. */
  opened_at: number;
  updated_at: number;
  last_alert_at: number;
  /** All alerts closed since; null while one fires. */
  quiet_since: number | null;
  resolved_at: number | null;
  resolved_by: Person | null;
  resolution_notes: string | null;
  reopen_count: number;
  recurrence_of: number | null;
  /** Its own window, by a rule. */
  window_ms?: number;
  /** Said by a rule or a person: new alerts do not rewrite it. */
  own_title?: boolean;
  runbook?: string;
  /** Said by a person; `seen`: the worst that its alerts had been by then. */
  said_severity?: { by: Person; at: number; seen: Severity };
  /** How many of its alerts flap now. */
  flapping?: number;
  /** It is part of that one now, and never opens again by itself. */
  merged_into?: number;
  /** Merges and splits by which it came to what it is, oldest first; the last can be undone. */
  regrouped?: Regrouping[];
  storm?: StormFigures;
  feedback?: Feedback[];
  timeline_seq: number;
  version: number;
  commit: number;
}

/** A merge or a split, seen from the incident that stayed. */
export interface Regrouping {
  kind: "merge" | "split";
  other: number;
  /** Alerts that changed sides, as far as they are listed. */
  alerts: number[];
  /** Of what is counted and not listed. */
  unlisted: { distinct: number; firing: number; alert_count: number };
  /** Of a merge: how severe the incident that stayed was before. */
  severity?: Severity;
  at: number;
  by: Person | null;
}

/** What a storm's incident shows beside its members. Counts are exact up to the number of names kept. */
export interface StormFigures {
  since: number;
  until: number | null;
  assets: [name: string, alerts: number][];
  signatures: [name: string, alerts: number][];
  tools: [name: string, alerts: number][];
}

/** What a technician thinks of a grouping. */
export interface Feedback {
  by: Person;
  good: boolean;
  comment: string;
  /** Alerts that it is about; none: all of them. */
  alerts: number[];
  at: number;
}

/** What people teach about what belongs together. */
export type Lesson =
  | { kind: "good" | "bad"; incident: number; alerts: number[]; at: number }
  | {
      kind: "merged" | "split" | "unmerged" | "unsplit";
      incident: number;
      other: number;
      alerts: number[];
      at: number;
    };

export interface TimelineRow {
  incident: number;
  seq: number;
  at: number;
  actor: { type: "system" | "user" | "tool"; id?: string; name?: string };
  kind: string;
  text: string;
  public: boolean;
  data?: Record<string, unknown>;
}

/** A recovery that came before its alert. */
export interface Tombstone {
  key: string;
  event_time: number;
  expires_at: number;
}

/**
 * Where the engine finds and keeps state. Lookups are synchronous: the object answers from memory or its
 * own SQLite, a replay from plain maps.
 */
export interface EngineStore {
  nextAlertSeq(): number;
  nextIncidentSeq(): number;
  /** The newest alert of a key, firing or closed. */
  alertByKey(key: string): AlertState | undefined;
  alert(seq: number): AlertState | undefined;
  /** Alerts of a list of seqs, in its order, without those that are gone. */
  alertsOf(seqs: number[]): AlertState[];
  /** Alerts that fire, came of one tool's rule and are written already. */
  firingOfFamily(tool: string, family: string): AlertState[];
  /** Alerts that wait, by the key they wait under; without a key, all, at most `max`, oldest first. */
  heldOf(key: string | null, max: number): AlertState[];
  /** Notes that an alert waits, or waits no more (its `held` says which). */
  keepHeld(alert: AlertState): void;
  incident(seq: number): IncidentState | undefined;
  /** The newest incident of an aggregation key, resolved or not. */
  incidentByKey(aggKey: string): IncidentState | undefined;
  tombstone(key: string): Tombstone | undefined;
  /** A new one, the newest of its key from now on. */
  addAlert(alert: AlertState): void;
  addIncident(incident: IncidentState): void;
  addTombstone(tombstone: Tombstone): void;
  dropTombstone(key: string): void;
}

/** What a group of events changed; the object writes exactly this. */
export interface Changes {
  alerts: Set<AlertState>;
  /** Alerts that only repeated: journalled, their rows follow later. */
  repeats: Map<AlertState, number>;
  /** Repeats whose message differs from the one before. */
  reworded: Set<AlertState>;
  incidents: Set<IncidentState>;
  /** Incidents whose only change is repeats. */
  counted: Map<IncidentState, number>;
  created: Set<IncidentState>;
  timeline: TimelineRow[];
  /** Alerts that joined an open incident; one timeline entry tells of all that came together. */
  joined: Map<IncidentState, AlertState[]>;
  tombstones: Map<string, Tombstone | null>;
  assets: Set<AssetRecord>;
  /** Incident seq -> epoch ms at which all of it has been quiet long enough. */
  resolveDue: Map<number, number>;
  /** Other deadlines by name, epoch ms: "held:SEQ", "silent:SEQ", "flap:SEQ", "storm". */
  due: Map<string, number>;
  lessons: Lesson[];
  /** Open incidents by asset; present where assets depend on each other. */
  open?: OpenIndex;
  /** Alerts to tell live listeners of, newest state. */
  seen: Set<AlertState>;
  /** `severity|tool` -> accepted alerts, for the counters. */
  counts: Map<string, number>;
}

export function newChanges(): Changes {
  return {
    alerts: new Set(),
    repeats: new Map(),
    reworded: new Set(),
    incidents: new Set(),
    counted: new Map(),
    created: new Set(),
    timeline: [],
    joined: new Map(),
    tombstones: new Map(),
    assets: new Set(),
    resolveDue: new Map(),
    due: new Map(),
    lessons: [],
    seen: new Set(),
    counts: new Map(),
  };
}
