import type { Actor } from "../core/actor.ts";
import type { NormalizedAlert } from "../core/alert.ts";
import type { DeadLetter, DeadLetterDetail, LetterGroup, ReplayResult, Sample } from "../core/dead-letter.ts";
import type { DryRun } from "../core/engine/dry-run.ts";
import type { Result } from "../core/errors.ts";
import type { HeartbeatInput, HeartbeatPatch, HeartbeatView } from "../core/heartbeat.ts";
import type { IncidentStatus } from "../core/incident.ts";
import type { MappingInput, MappingView } from "../core/mapping/mapping.ts";
import type { AcceptAnswer } from "./rpc.ts";

/** A body as the edge hands it over; it has checked the key's MAC, the object knows which keys it issued. */
export interface RefusedBody {
  key_hash: string;
  tool: string;
  source_ip: string;
  reason: string;
  detail: string;
  fields: Record<string, string>;
  content_type: string;
  user_agent: string;
  size: number;
  body: string;
  truncated: boolean;
  refused_items: number[] | null;
  /** Others like it that were only counted since the last one was handed over. */
  uncounted: number;
}

export interface LetterPage {
  items: DeadLetter[];
  groups: LetterGroup[];
  next_cursor: string | null;
  /** How many more fit behind this page. */
  left: number;
}

export interface LetterQuery {
  limit: number;
  cursor?: string;
  status?: string;
  tool?: string;
  reason?: string;
  group?: string;
  /** Newest first where left out. */
  order?: "oldest";
}

/** What an adapter or mapping made of a letter; null at the place of what it could not understand. */
export interface Understood {
  /** The adapter or mapping, for the note. */
  by: string;
  items: ({ alert: NormalizedAlert } | { fields: Record<string, string> })[];
}

export type LetterChange = { type: "delete"; id: string } | { type: "delete_group"; group: string };

export type MappingChange =
  | { type: "create"; id: string; input: MappingInput }
  | { type: "change"; id: string; input: MappingInput | null; position: number | null }
  | { type: "delete"; id: string };

export type HeartbeatChange =
  | { type: "create"; id: string; input: HeartbeatInput }
  | { type: "change"; id: string; patch: HeartbeatPatch }
  | { type: "delete"; id: string };

/** Something that beats and that nobody expects yet. */
export interface Beating {
  tool: string;
  signature: string;
  asset_name: string;
  last_seen: string;
}

export interface HeartbeatList {
  items: HeartbeatView[];
  /** Heartbeat alerts that came lately, such as a Watchdog, of which none is expected. */
  unexpected: Beating[];
}

export type BeatAnswer =
  | { kind: "beat" }
  /** This company expects no such heartbeat. */
  | { kind: "unknown" }
  | Extract<AcceptAnswer, { kind: "stale_policy" | "unknown_key" }>;

/** What the keys of an alert that nobody sent would make of it. */
export type TriedAlert = Omit<DryRun, "alert" | "incident"> & {
  alert: { id: string; status: string; count: number } | null;
  incident: { id: string; title: string; status: IncidentStatus } | null;
};

/** What comes in besides understood alerts. */
export interface IntakeRpc {
  /** Keeps a body that was authenticated but not understood; false: the key is not one that works. */
  keepLetter(refused: RefusedBody): Promise<boolean>;
  letters(actor: Actor, query: LetterQuery): Promise<Result<LetterPage>>;
  letter(actor: Actor, id: string): Promise<Result<DeadLetterDetail>>;
  changeLetters(actor: Actor, change: LetterChange): Promise<Result<null>>;
  /** Takes a letter's alerts in, once: a second time answers what became of the first. */
  replayLetter(actor: Actor, id: string, understood: Understood): Promise<Result<ReplayResult>>;
  /** A body that the custom route received, for the mapping editor; some are dropped in a burst. */
  keepSample(keyHash: string, body: string): Promise<void>;
  /** One answer an alert, in their order; nothing is kept. */
  tryAlerts(actor: Actor, alerts: NormalizedAlert[]): Promise<Result<TriedAlert[]>>;
  samples(actor: Actor): Promise<Result<Sample[]>>;
  mappings(actor: Actor): Promise<Result<MappingView[]>>;
  /** Answers the changed list. */
  changeMappings(actor: Actor, change: MappingChange): Promise<Result<MappingView[]>>;
  /** `unexpected` false: without looking for what beats and is not expected. */
  heartbeats(actor: Actor, unexpected?: boolean): Promise<Result<HeartbeatList>>;
  changeHeartbeats(actor: Actor, change: HeartbeatChange): Promise<Result<HeartbeatView[]>>;
  beat(beat: { key_hash: string; policy_version: number; id: string }): Promise<BeatAnswer>;
}
