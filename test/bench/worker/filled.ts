import type { NormalizedAlert } from "../../../core/alert.ts";
import { resolveQuiet } from "../../../core/engine/commands.ts";
import { noteJoined } from "../../../core/engine/incidents.ts";
import { takeIn } from "../../../core/engine/intake.ts";
import { newChanges } from "../../../core/engine/state.ts";
import { clock } from "../../../durable-objects/clock.ts";
import type { CompanyCore } from "../../../durable-objects/company-core.ts";
import type { Delivery } from "../../../durable-objects/rpc.ts";
import type { Env } from "../../../worker/env.ts";
import worker, { Company as ProductCompany } from "../../../worker/index.ts";
import { checkOf, GROUP, HISTORY_MS, HOSTS, type Kind, LIVE, QUIET_MS, random } from "../filled-world.ts";

export { JobRunner, MspHub } from "../../../worker/index.ts";

const PER_TRANSACTION = 500;
const RECOVERS_AFTER_MS = 8 * 60_000;
const MINUTE = 60_000;

/** The objects' time runs with the machine's, and in the bench's own leaps. */
let ahead = 0;
clock.now = () => Date.now() + ahead;

function alert(asset: string, check: string, status: "firing" | "resolved"): NormalizedAlert {
  return {
    status,
    asset_name: asset,
    asset_id: null,
    signature: check,
    severity: "medium",
    category: null,
    message: "The value has been above its threshold for five minutes",
    tool_source: "bench",
    caller_key: null,
    identity: null,
    variant: null,
    event_time: null,
    tags: [],
    links: [],
    flags: [],
    heartbeat: false,
  };
}

/** Which problem of which host is the nth of a history; the last thousand are all different, in any history. */
function nth(n: number, of: number): [host: string, check: string] {
  const left = of - 1 - n;
  const problem = left < 1000 ? left * 8 : random(n) % (HOSTS * 8);
  return [`host-${problem >> 3}`, checkOf(problem & 7)];
}

export class Company extends ProductCompany {
  private prepared: string[] = [];
  private round: [host: string, check: string][] = [];
  private rounds = 0;
  /** Of a history that is being written: what resolves soon, in order. */
  private quiet: { incident: number; at: number }[] = [];

  private get own(): CompanyCore {
    if (!this.core) throw new Error("there is no company here");
    return this.core;
  }

  /**
   * Writes alerts `from` to `to` of a history of `of`, with the engine and the store's own statements, each fired,
   * recovered and resolved at its time: the state that the intake would have left behind, without its lists.
   */
  async benchFill(from: number, to: number, of: number): Promise<void> {
    const core = this.own;
    const end = clock.now() - QUIET_MS;
    const step = HISTORY_MS / 1_000_000;
    const delay = core.record.correlation.resolve_delay_minutes * MINUTE;
    const late = Math.ceil(RECOVERS_AFTER_MS / step);
    for (let first = from; first < to; first += PER_TRANSACTION) {
      this.ctx.storage.transactionSync(() => {
        const changes = newChanges();
        const context = { ...core.context(changes), smart: core.smart.port };
        core.journal.commit += 1;
        for (let n = first; n < Math.min(first + PER_TRANSACTION, to); n++) {
          const at = Math.floor(end - (of - n) * step);
          if (n < of) takeIn(context, alert(...nth(n, of), "firing"), null, at);
          const well = n - late;
          if (well >= 0 && well < of) {
            const { incident } = takeIn(context, alert(...nth(well, of), "resolved"), null, at).alert ?? {};
            if (incident) this.quiet.push({ incident, at: at + delay + MINUTE });
          }
          while ((this.quiet[0]?.at ?? at) < at) {
            const incident = core.store.incident(this.quiet.shift()?.incident ?? 0);
            if (incident) resolveQuiet(changes, incident, delay, at);
          }
        }
        noteJoined(changes, clock.now());
        core.store.write(changes, core.journal.commit);
      });
    }
    core.checkpoint(true);
  }

  async benchCounts(): Promise<Record<string, number>> {
    const count = (what: string): number =>
      this.ctx.storage.sql.exec<{ n: number }>(`SELECT COUNT(*) AS n FROM ${what}`).one().n;
    return {
      alerts: count("alerts"),
      firing: count("alerts WHERE status = 'firing'"),
      incidents: count("incidents"),
      open: count("incidents WHERE data->>'status' <> 'resolved'"),
      bytes: this.ctx.storage.sql.databaseSize,
    };
  }

  /** Makes the bodies of a round, so that the clock runs for the object's own work alone. */
  async benchPrepare(kind: Kind, alerts: number, of: number): Promise<void> {
    const round = this.rounds++;
    const problem = (i: number): [string, string] => {
      if (kind === "repeats") return [`live-${i % LIVE}`, checkOf(0)];
      if (kind === "new") return [`host-${i % 1000}`, `never_seen_${round}_${i}`];
      return nth(Math.floor((i * of) / alerts), of);
    };
    if (kind !== "recoveries") this.round = Array.from({ length: alerts }, (_, i) => problem(i));
    const status = kind === "recoveries" ? "resolved" : "firing";
    this.prepared = [];
    for (let i = 0; i < this.round.length; i += GROUP) {
      const group = this.round.slice(i, i + GROUP).map(([host, check]): Delivery => {
        const id = crypto.randomUUID();
        return {
          policy_version: this.own.record.version,
          key_hash: this.own.record.keys[0]?.hash ?? "",
          delivery_id: id,
          delivery_ttl_hours: 24,
          body_hash: id,
          signature: { hex: id, timestamp: 0 },
          alerts: [alert(host, check, status)],
        };
      });
      this.prepared.push(JSON.stringify(group));
    }
  }

  /** The intake's whole work for the prepared bodies, up to the checkpoint. @returns how many had which outcome */
  async benchTake(): Promise<Record<string, number>> {
    const outcomes: Record<string, number> = {};
    for (const packed of this.prepared) {
      for (const answer of JSON.parse(await this.acceptAll(packed)) as {
        kind: string;
        outcomes?: string[];
      }[])
        for (const outcome of answer.outcomes ?? [answer.kind])
          outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    }
    this.own.checkpoint();
    return outcomes;
  }

  /** Runs what is due until nothing is, and tells the lists. */
  async benchSettle(): Promise<void> {
    const { deadlines, relay, outbox } = this.own;
    for (let runs = 0; runs < 1000; runs++) {
      await this.wake();
      if (outbox.idle && deadlines.overdue(clock.now(), 1).length === 0) return;
      await relay.flush();
    }
  }

  /** Ends the object, as an eviction does. */
  async benchEnd(): Promise<void> {
    this.ctx.abort("bench");
  }
}

type Calls = Pick<
  Company,
  "benchFill" | "benchCounts" | "benchPrepare" | "benchTake" | "benchSettle" | "benchEnd"
>;

export default {
  async fetch(request: Request, env: Env, ctx: ExecutionContext): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const what = /^\/bench\/(\w+)$/.exec(pathname)?.[1];
    if (!what) return worker.fetch(request, env, ctx);
    const stub = env.COMPANY.get(env.COMPANY.idFromName(searchParams.get("company") ?? ""));
    const company = stub as unknown as Calls;
    const number = (name: string) => Number(searchParams.get(name));
    switch (what) {
      case "leap":
        ahead += number("ms");
        return Response.json(null);
      case "fill":
        return Response.json((await company.benchFill(number("from"), number("to"), number("of"))) ?? null);
      case "prepare":
        await company.benchPrepare(searchParams.get("kind") as Kind, number("alerts"), number("of"));
        return Response.json(null);
      case "take":
        return Response.json(await company.benchTake());
      case "settle":
        return Response.json((await company.benchSettle()) ?? null);
      case "end":
        return Response.json(await company.benchEnd().catch(() => null));
      default:
        return Response.json(await company.benchCounts());
    }
  },
  scheduled: worker.scheduled,
} satisfies ExportedHandler<Env>;
