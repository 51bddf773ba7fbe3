import type { Alert } from "../../core/alert.ts";
import type { Frame } from "../../core/events.ts";
import type { Incident } from "../../core/incident.ts";
import type { Job } from "../../core/job.ts";
import type { HeldView } from "../../core/policy/maintenance.ts";
import type { Rejection } from "../../core/rejection.ts";
import type { LiveStatus } from "./connection.ts";
import { SharedConnection } from "./shared-connection.ts";

export interface LiveState {
  status: LiveStatus;
  /** Newest known version of every incident a frame named since this page was opened. */
  incidents: ReadonlyMap<string, Incident>;
  alerts: ReadonlyMap<string, Alert>;
  /** Company id -> its delivery that was refused last. */
  rejections: ReadonlyMap<string, Rejection>;
  /** Company id -> what a silence or maintenance window there held, of the one that ended last. */
  held: ReadonlyMap<string, HeldView>;
  /** Exports and deletions as they go on. */
  jobs: ReadonlyMap<string, Job>;
  /** Raised whenever what the server sent before may be outdated: reload it. */
  reloads: number;
  /** What came in while the line was down; `round` tells one report from the next. */
  missed: { updates: number; round: number } | null;
}

const KEEP = 2000;
const REPLAY_MS = 1500;
/** A storm is hundreds of frames at once: pages are told of them together. */
const FLUSH_MS = 40;

export const EMPTY: LiveState = {
  status: "connecting",
  incidents: new Map(),
  alerts: new Map(),
  rejections: new Map(),
  held: new Map(),
  jobs: new Map(),
  reloads: 0,
  missed: null,
};

/** Everything the stream said, kept outside React so that pages come and go over one socket. */
class LiveStore {
  #state: LiveState = EMPTY;
  #listeners = new Set<() => void>();
  #connection: SharedConnection | null = null;
  #greeted = false;
  #fresh = { incidents: new Map<string, Incident>(), alerts: new Map<string, Alert>() };
  #flushing: ReturnType<typeof setTimeout> | undefined;
  #replay: { upTo: number; seen: number; timer: ReturnType<typeof setTimeout> } | null = null;

  /** Connects for one session; call the answer to let go. */
  connect(session: string): () => void {
    this.#greeted = false;
    this.#fresh = { incidents: new Map(), alerts: new Map() };
    this.#set(EMPTY);
    const connection = new SharedConnection(session, {
      status: (status) => this.#set({ status }),
      frame: (frame) => this.#take(frame),
      refused: () => void checkSession(),
    });
    this.#connection = connection;
    connection.start();
    return () => {
      connection.stop();
      this.#endReplay(false);
      if (this.#connection === connection) this.#connection = null;
    };
  }

  subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  snapshot = (): LiveState => this.#state;

  /** An answer to one's own command is as good as a frame. */
  adopt(incident: Incident): void {
    this.#keepIncident(incident);
    this.#flush();
  }

  #set(change: Partial<LiveState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }

  #take(frame: Frame): void {
    if (frame.type === "hello") this.#greet(frame.data.seq);
    else if (frame.type === "resync") {
      this.#endReplay(false);
      this.#set({ reloads: this.#state.reloads + 1 });
    } else {
      if (this.#replay && frame.seq <= this.#replay.upTo) {
        this.#replay.seen += frame.type === "alert_received" ? frame.data.alerts.length + frame.data.more : 1;
        if (frame.seq === this.#replay.upTo) this.#endReplay(true);
      }
      if (frame.type === "alert_received") this.#keepAlerts(frame.data.alerts);
      else if (frame.type === "delivery_rejected")
        this.#set({ rejections: new Map(this.#state.rejections).set(frame.company_id, frame.data) });
      else if (frame.type === "holding_ended")
        this.#set({ held: new Map(this.#state.held).set(frame.company_id, frame.data) });
      else if (frame.type === "job_progress") this.#set({ jobs: keep(this.#state.jobs, [frame.data]) });
      else this.#keepIncident(frame.data);
    }
  }

  #greet(seq: number): void {
    if (this.#greeted) {
      this.#endReplay(false);
      this.#replay = { upTo: seq, seen: 0, timer: setTimeout(() => this.#endReplay(true), REPLAY_MS) };
      return;
    }
    // Between the server's rendering and this greeting nobody listened: read once more.
    this.#greeted = true;
    this.#set({ reloads: this.#state.reloads + 1 });
  }

  #endReplay(report: boolean): void {
    const replay = this.#replay;
    this.#replay = null;
    if (!replay) return;
    clearTimeout(replay.timer);
    if (report && replay.seen > 0) {
      this.#set({ missed: { updates: replay.seen, round: (this.#state.missed?.round ?? 0) + 1 } });
    }
  }

  #keepIncident(incident: Incident): void {
    const known = this.#fresh.incidents.get(incident.id) ?? this.#state.incidents.get(incident.id);
    if (known && known.version >= incident.version) return;
    this.#fresh.incidents.set(incident.id, incident);
    this.#flushing ??= setTimeout(() => this.#flush(), FLUSH_MS);
  }

  #keepAlerts(alerts: Alert[]): void {
    for (const alert of alerts) this.#fresh.alerts.set(alert.id, alert);
    this.#flushing ??= setTimeout(() => this.#flush(), FLUSH_MS);
  }

  #flush(): void {
    clearTimeout(this.#flushing);
    this.#flushing = undefined;
    const { incidents, alerts } = this.#fresh;
    this.#fresh = { incidents: new Map(), alerts: new Map() };
    this.#set({
      incidents: incidents.size ? keep(this.#state.incidents, incidents.values()) : this.#state.incidents,
      alerts: alerts.size ? keep(this.#state.alerts, alerts.values()) : this.#state.alerts,
    });
  }
}

/** A copy with `items` last; the longest untouched fall out. */
function keep<T extends { id: string }>(
  map: ReadonlyMap<string, T>,
  items: Iterable<T>,
): ReadonlyMap<string, T> {
  const next = new Map(map);
  for (const item of items) {
    next.delete(item.id);
    next.set(item.id, item);
  }
  for (const id of next.keys()) {
    if (next.size <= KEEP) break;
    next.delete(id);
  }
  return next;
}

async function checkSession(): Promise<void> {
  const answer = await fetch("/api/me").catch(() => null);
  if (answer?.status === 401) {
    location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
  }
}

/** One per page; all pages of a browser share one socket. */
export const liveStore = new LiveStore();
