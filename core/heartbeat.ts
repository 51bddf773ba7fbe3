import * as z from "zod";
import type { NormalizedAlert } from "./alert.ts";
import { SEVERITIES } from "./severity.ts";

export const HEARTBEATS_MAX = 200;
export const HEARTBEAT_STATES = ["waiting", "up", "missing", "paused"] as const;
/** A miss that goes on is said again this often, so that it does not count as over. */
export const REMIND_MS = 12 * 3_600_000;
export const MISSES_KEPT = 50;

const minutes = (low: number, high: number) =>
  z
    .number("give a number of minutes")
    .min(low, `at least ${low} minutes`)
    .max(high, `at most ${high} minutes`);
const named = (max: number) => z.string().trim().min(1, "is needed").max(max);

/** What people say of a heartbeat: one list for adding, changing, showing and noting it. */
const settings = z.object({
  name: z.string().trim().min(1, "give it a name").max(100),
  asset_name: z.string().trim().min(1, "say what is in trouble when it stays away").max(512),
  interval_minutes: minutes(0.01, 60 * 24 * 31).describe("a beat is expected this often"),
  grace_minutes: minutes(0, 60 * 24 * 7).describe("and may be this late"),
  severity: z.enum(SEVERITIES),
  paused: z.boolean(),
  match: z
    .object({ tool: named(100), signature: named(512) })
    .nullable()
    .describe("an alert of this tool and signature beats as well, an Alertmanager's Watchdog for instance"),
});
const { grace_minutes, severity, paused, match } = settings.shape;
export const heartbeatInput = settings.extend({
  grace_minutes: grace_minutes.default(1),
  severity: severity.default("high"),
  paused: paused.default(false),
  match: match.default(null),
});
export type HeartbeatInput = z.output<typeof heartbeatInput>;
export const heartbeatPatch = settings.partial();
export type HeartbeatPatch = z.output<typeof heartbeatPatch>;

/** Of a heartbeat as it is kept, what people said of it; for the audit log. */
export const settingsOf = (beat: Heartbeat): Record<string, unknown> =>
  Object.fromEntries(settings.keyof().options.map((name) => [name, beat[name]]));

const missSchema = z.object({
  since: z.iso.datetime().describe("when it was due"),
  until: z.iso.datetime().nullable().describe("null: it is still away"),
});

export const heartbeatView = settings.extend({
  id: z.string(),
  state: z.enum(HEARTBEAT_STATES),
  webhook_path: z.string().describe("GET or POST, with ?api_key="),
  last_beat_at: z.iso.datetime().nullable(),
  due_at: z.iso
    .datetime()
    .nullable()
    .describe("an alert is raised when nothing is heard by then; null: paused, or raised already"),
  misses: z.array(missSchema).describe("newest first"),
  created_at: z.iso.datetime(),
});
export type HeartbeatView = z.infer<typeof heartbeatView>;

/** A heartbeat as it is kept. Times are epoch ms. */
export interface Heartbeat extends HeartbeatInput {
  id: string;
  created_at: number;
  /** Since when it is watched: made, or paused no longer. */
  watched_at: number;
  /** As written; memory may know a later one. */
  last_beat_at: number | null;
  /** Beats come oftener than they are written, so the last one may be later by this. */
  unwritten_ms: number;
  missing_since: number | null;
  misses: { since: number; until: number | null }[];
}

/** When a beat that stays away raises its alert. */
export function dueAt(beat: Heartbeat, last: number | null): number {
  const from = Math.max(last ?? 0, beat.watched_at);
  return from + (beat.interval_minutes + beat.grace_minutes) * 60_000;
}

/** How seldom a beat is written: a quarter of its interval, at most five minutes. */
export const writeEvery = (beat: Heartbeat): number => Math.min(beat.interval_minutes * 15_000, 300_000);

function span(minutesLong: number): string {
  const rounded = Math.round(minutesLong * 100) / 100;
  if (rounded >= 120) return `${Math.round((rounded / 60) * 10) / 10} hours`;
  return rounded === 1 ? "1 minute" : `${rounded} minutes`;
}

/** The alert of a beat that stays away, or its end. */
export function heartbeatAlert(
  beat: Heartbeat,
  status: "firing" | "resolved",
  text?: string,
): NormalizedAlert {
  const said = `“${beat.name}” was expected every ${span(beat.interval_minutes)} and stays away.`;
  return {
    status,
    asset_name: beat.asset_name,
    asset_id: null,
    signature: "heartbeat_missed",
    severity: beat.severity,
    category: null,
    message: text ?? said,
    tool_source: "heartbeat",
    caller_key: `heartbeat:${beat.id}`,
    identity: null,
    variant: null,
    event_time: null,
    tags: [["heartbeat", beat.name]],
    links: [],
    flags: [],
    heartbeat: false,
  };
}
