import { clock } from "./clock.ts";
import type { CompanyCore } from "./company-core.ts";
import { COUNTS_LATE_MS } from "./outbox.ts";
import type { Ports } from "./rpc.ts";

/** Frames are gathered this long; the first after a pause goes at once. */
const PUBLISH_EVERY_MS = 100;
/** So is the projection. */
const PROJECT_EVERY_MS = 1000;
/** A change a person made is in the log about this soon. */
const AUDIT_EVERY_MS = 250;
const AUDIT_BATCH = 50;
const BACKOFF_MAX_MS = 60_000;

/** What a run left behind: nothing, something that has time, or a backlog. */
type Left = "nothing" | "later" | "more";

/** A job that runs at most once per `every`, one run at a time, and again with back-off after a failure. */
class Paced {
  private running: Promise<void> | null = null;
  private again = false;
  private stopped = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private last = 0;
  private failures = 0;
  private work: () => Promise<Left>;
  private every: number;

  /** `work` answers what it left; a backlog is gone on with at once. It throws when nothing got through. */
  constructor(every: number, work: () => Promise<Left>) {
    this.every = every;
    this.work = work;
  }

  poke(): void {
    if (this.stopped) return;
    this.again = true;
    if (this.running || this.timer) return;
    const wait = this.failures > 0 ? this.backoff() : Math.max(0, this.last + this.every - Date.now());
    this.timer = setTimeout(() => this.run(), wait);
  }

  /** Runs no more; answers once a run that is under way has ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    while (this.running) await this.running;
  }

  private backoff(): number {
    const most = Math.min(BACKOFF_MAX_MS, 500 * 2 ** this.failures);
    return most / 2 + Math.random() * (most / 2);
  }

  /** Runs now, after a run that is under way, and answers when it is done. */
  async run(): Promise<void> {
    while (this.running) await this.running;
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.stopped) return;
    this.running = this.once();
    await this.running;
    if (this.again) this.poke();
  }

  private async once(): Promise<void> {
    this.last = Date.now();
    this.again = false;
    try {
      const left = await this.work();
      this.again ||= left !== "nothing";
      if (left === "more") this.last = 0;
      this.failures = 0;
    } catch {
      this.failures += 1;
      this.again = true;
    } finally {
      this.running = null;
    }
  }
}

/** Carries what the outbox holds to the live stream and to the lists, each at its own pace. */
export class Relay {
  lastError: string | null = null;
  /** Counts too, whether or not their time has come. */
  private everything = false;
  private core: CompanyCore;
  private ports: Ports;
  private publishing = new Paced(PUBLISH_EVERY_MS, () => this.publish());
  private projecting = new Paced(PROJECT_EVERY_MS, () => this.project());
  private auditing = new Paced(AUDIT_EVERY_MS, () => this.recordAudit());

  constructor(core: CompanyCore, ports: Ports) {
    this.core = core;
    this.ports = ports;
  }

  poke(): void {
    this.publishing.poke();
    this.projecting.poke();
  }

  /** Somebody's change was noted. */
  pokeAudit(): void {
    this.auditing.poke();
  }

  /** All at once, for the alarm and the sweep. */
  async flush(): Promise<void> {
    this.everything = true;
    await Promise.all([this.publishing.run(), this.projecting.run(), this.auditing.run()]);
  }

  /** The company is deleted: nothing more of it is told to anybody, but what was noted reaches the log. */
  async stop(): Promise<void> {
    await Promise.all([this.publishing.stop(), this.projecting.stop(), this.auditing.stop()]);
    while (!this.core.auditOutbox.idle) await this.recordAudit();
  }

  private async recordAudit(): Promise<Left> {
    const { core } = this;
    const entries = core.auditOutbox.pending(AUDIT_BATCH);
    if (entries.length === 0) return "nothing";
    await this.ports.recordAudit(core.record.msp_id, entries);
    core.auditOutbox.drop(entries.map((entry) => entry.id));
    return core.auditOutbox.idle ? "nothing" : "more";
  }

  private async publish(): Promise<Left> {
    const { core } = this;
    const { events, seqs, failed } = core.outbox.takeEvents(clock.now());
    const left = () => (core.outbox.tallying ? "later" : "nothing");
    if (events.length === 0) return left();
    // The company's own listeners first: they need nobody else, and the same event twice does no harm.
    core.portal.publish(events);
    try {
      await this.ports.publish(core.record.msp_id, core.record.company_id, events);
    } catch (error) {
      failed();
      throw error;
    }
    core.outbox.settle(seqs);
    return left();
  }

  private async project(): Promise<Left> {
    const { core } = this;
    core.checkpoint();
    const now = clock.now();
    const everything = this.everything;
    this.everything = false;
    if (everything || core.outbox.countsDue(now)) core.outbox.includeCounts();
    const incidents = core.outbox.batch(now);
    const since = core.counters.waitingSince;
    const due = core.dueToRecord();
    // Totals ride with whatever goes; alone they have time, as the counts have.
    const late = since !== null && now - since >= COUNTS_LATE_MS;
    if (incidents.length === 0 && due === undefined && !(since !== null && (everything || late)))
      return this.waiting();
    const counters = core.counters.pending();
    const { msp_id, company_id } = core.record;
    const sent = incidents.map((i) => ({ seq: i.seq, version: i.version, row: core.outbox.row(i, now) }));
    const head = { msp_id, company_id, counters: counters.rows, next_due_at: due };
    try {
      await this.ports.project({ ...head, incidents: sent.map((s) => s.row) });
    } catch (error) {
      this.lastError = String(error).slice(0, 300);
      if (sent.length > 1) await this.oneByOne(sent, head);
      else throw error;
      return "later";
    }
    this.lastError = null;
    counters.done();
    if (due !== undefined) core.recordedDue = due;
    core.outbox.projected(sent, now);
    return core.outbox.batch(now).length > 0 ? "more" : this.waiting();
  }

  /** Counts have time; rows that wait out a refusal are the outbox alarm's. */
  private waiting(): Left {
    const { outbox, counters } = this.core;
    return outbox.counting || counters.waitingSince !== null ? "later" : "nothing";
  }

  /** A batch failed: is the database away, or is one row of it poison? Throws when nothing got through. */
  private async oneByOne(
    sent: { seq: number; version: number; row: ReturnType<CompanyCore["outbox"]["row"]> }[],
    head: { msp_id: string; company_id: string },
  ): Promise<void> {
    const failures: { seq: number; error: unknown }[] = [];
    let passed = 0;
    for (const one of sent) {
      try {
        await this.ports.project({ ...head, counters: [], incidents: [one.row] });
        this.core.outbox.projected([one], clock.now());
        passed += 1;
      } catch (error) {
        failures.push({ seq: one.seq, error });
        // Three refusals in a row and nothing accepted: it is away, and asking on would only hold it down.
        if (passed === 0 && failures.length >= 3) throw error;
      }
    }
    if (passed === 0) throw failures[0]?.error;
    for (const { seq, error } of failures)
      this.core.outbox.failed(seq, String(error).slice(0, 300), clock.now());
  }
}
