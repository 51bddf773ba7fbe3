import type { Actor } from "../core/actor.ts";
import type { AuditNote } from "../core/audit.ts";
import type { EngineContext } from "../core/engine/context.ts";
import { noteJoined } from "../core/engine/incidents.ts";
import { EXPIRE_MS } from "../core/engine/limits.ts";
import { type Changes, newChanges } from "../core/engine/state.ts";
import { newStormWatch } from "../core/engine/storm.ts";
import { Recovering } from "../core/smart/recovering.ts";
import { AuditOutbox } from "./audit-outbox.ts";
import { clock } from "./clock.ts";
import { type CompanyRecord, criticalNames, newUsage, readRecord, type Usage } from "./company-record.ts";
import { Counters } from "./counters.ts";
import { DeadLetters } from "./dead-letters.ts";
import { Deadlines } from "./deadlines.ts";
import { type AcceptedDelivery, Deliveries } from "./deliveries.ts";
import { GC_SOON_MS } from "./garbage.ts";
import { Heartbeats } from "./heartbeats.ts";
import { Journal, splitOnce } from "./journal.ts";
import { Learning } from "./learning.ts";
import { Samples } from "./mappings.ts";
import { readMeta, writeMeta } from "./meta.ts";
import { Outbox } from "./outbox.ts";
import { PolicyBook } from "./policy-book.ts";
import { PortalStream } from "./portal-stream.ts";
import { Rejections } from "./rejections.ts";
import { Relay } from "./relay.ts";
import { Retention } from "./retention.ts";
import type { Ports } from "./rpc.ts";
import { SmartBook } from "./smart-book.ts";
import { SqlStore } from "./store.ts";

/** The sweep looks past a time that went by half a minute ago at most, so a newer one has as long. */
const DUE_STALE_MS = 20_000;
/** An incident that is told to nobody yet is looked after by an alarm even if this process dies. */
const OUTBOX_ALARM_MS = 10_000;

/** One company's state and the one way to change it. Exists only in an initialised object. */
export class CompanyCore {
  record: CompanyRecord;
  usage: Usage;
  readonly store: SqlStore;
  readonly journal: Journal;
  readonly deliveries: Deliveries;
  readonly deadlines: Deadlines;
  readonly counters: Counters;
  readonly outbox: Outbox;
  readonly relay: Relay;
  readonly auditOutbox: AuditOutbox;
  readonly portal: PortalStream;
  readonly policy: PolicyBook;
  readonly smart: SmartBook;
  readonly learning: Learning;
  readonly letters: DeadLetters;
  readonly samples: Samples;
  readonly heartbeats: Heartbeats;
  readonly ports: Ports;
  /** The earliest deadline as the sweep's table knows it; undefined: not known in this life. */
  recordedDue: number | null | undefined;
  readonly rejections: Rejections;
  readonly retention: Retention;
  /** Which tools say themselves when something is over; what others sent ends by a day of silence. */
  readonly recovering: Recovering;
  readonly sql: SqlStorage;
  /** Normalised names of the assets whose trouble weighs more. */
  critical: ReadonlySet<string>;
  private usageWritten = "";

  private storage: DurableObjectStorage;

  constructor(storage: DurableObjectStorage, ports: Ports, sockets: () => WebSocket[]) {
    const now = clock.now();
    this.storage = storage;
    this.ports = ports;
    this.record = readRecord(readMeta(storage.sql, "company") ?? "null");
    this.sql = storage.sql;
    this.rejections = new Rejections(storage.sql);
    this.retention = new Retention(this);
    const usage = readMeta(storage.sql, "usage");
    this.usage = usage ? (JSON.parse(usage) as Usage) : newUsage(this.record, now);
    this.recovering = Recovering.fromJSON(this.usage.recovering ?? []);
    this.critical = criticalNames(this.record);
    this.store = new SqlStore(storage.sql);
    this.journal = new Journal(storage.sql);
    this.deliveries = new Deliveries(storage.sql);
    this.deadlines = new Deadlines(storage);
    this.learning = new Learning(storage.sql);
    this.policy = new PolicyBook(storage.sql, this.deadlines);
    this.smart = new SmartBook(storage.sql, this.deadlines, () => this.store.assets);
    this.counters = new Counters(storage.sql);
    this.outbox = new Outbox(storage.sql, this.store, this.record.company_id);
    this.relay = new Relay(this, ports);
    this.portal = new PortalStream(sockets, this.record);
    this.auditOutbox = new AuditOutbox(storage.sql);
    this.letters = new DeadLetters(this);
    this.samples = new Samples(this);
    this.heartbeats = new Heartbeats(this);
    this.recover(now);
  }

  /** What the rows do not have yet comes out of the journal; deadlines get their alarm back. */
  private recover(now: number): void {
    this.journal.replay(this, now);
    this.counters.resend(now);
    this.deadlines.arm(now, true);
    if (!this.outbox.idle) this.relay.poke();
    if (!this.auditOutbox.idle) this.relay.pokeAudit();
  }

  context(changes: Changes): EngineContext {
    if (this.store.assets.hasDependencies) changes.open = this.store.openIndex();
    this.usage.storm ??= newStormWatch();
    return {
      company_id: this.record.company_id,
      settings: this.record.correlation,
      assets: this.store.assets,
      critical: this.critical,
      store: this.store,
      changes,
      policy: this.policy.port,
      ...(this.record.correlation.strategy === "smart" ? { smart: this.smart.port } : {}),
      storm: this.usage.storm,
    };
  }

  /**
   * Runs one change of state: everything in it is written in one transaction, or nothing is and memory is
   * read anew. `work` names the deliveries to remember with it.
   */
  mutate<T>(work: (changes: Changes, now: number, accepted: AcceptedDelivery[]) => T): T {
    const now = clock.now();
    const changes = newChanges();
    const accepted: AcceptedDelivery[] = [];
    let result: T;
    try {
      result = this.storage.transactionSync(() => {
        this.journal.commit += 1;
        const value = work(changes, now, accepted);
        this.persist(changes, accepted, now);
        return value;
      });
    } catch (error) {
      this.deliveries.forget(accepted);
      this.reload();
      throw error;
    }
    this.outbox.announce(changes);
    this.deadlines.arm(now);
    this.relay.poke();
    return result;
  }

  private persist(changes: Changes, accepted: AcceptedDelivery[], now: number): void {
    const { commit } = this.journal;
    this.learning.note(changes, this.store, now);
    noteJoined(changes, now);
    this.store.write(changes, commit);
    this.deliveries.take(accepted, now);
    this.journal.write(changes, accepted, now);
    this.counters.add(
      commit,
      now,
      [...changes.counts].map(([key, n]) => [...splitOnce(key), n]),
    );
    this.outbox.mark(changes, now);
    for (const [name, due] of changes.due) this.deadlines.set(name, due);
    for (const [seq, due] of changes.resolveDue) this.deadlines.set(`resolve:${seq}`, due);
    for (const { seq } of changes.created) this.deadlines.set(`expire:${seq}`, now + EXPIRE_MS);
    if (changes.counts.size > 0) {
      this.usage.first_alert_at ??= now;
      this.usage.last_alert_at = now;
    }
    let learned = false;
    for (const { status, tool } of changes.alerts)
      if (status === "resolved" && this.recovering.note(tool)) learned = true;
    if (learned) {
      this.usage.recovering = this.recovering.toJSON();
      writeMeta(this.sql, "usage", JSON.stringify(this.usage));
    }
    this.smart.hear(changes.lessons, this.store);
    this.smart.noteChanges(now);
    if (!this.outbox.idle) this.deadlines.notLaterThan("outbox", now + OUTBOX_ALARM_MS);
    this.deadlines.notLaterThan("gc", now + GC_SOON_MS);
  }

  /** Rows outside the engine's changes; what memory holds of them is read anew where it fails. */
  transaction(work: () => void): void {
    try {
      this.storage.transactionSync(work);
    } catch (error) {
      this.reload();
      throw error;
    }
  }

  private reload(): void {
    this.store.reset();
    this.smart.forget();
    this.counters.reset();
    this.deadlines.load();
    this.outbox.load();
    this.heartbeats.load();
    this.journal.replay(this, clock.now());
    this.counters.resend(clock.now());
  }

  /** Writes the rows that the journal has kept ahead of. Free when there are none, unless told to mark. */
  checkpoint(mark = false): void {
    const usage = JSON.stringify(this.usage);
    const ahead =
      this.store.aheadAlerts.size +
      this.store.aheadIncidents.size +
      this.counters.unwrittenCount +
      this.deliveries.unwritten +
      this.learning.book.changes;
    if (ahead === 0 && usage === this.usageWritten && !mark) return;
    const deliveriesWritten = this.storage.transactionSync(() => {
      const { commit } = this.journal;
      this.store.checkpoint(commit);
      this.counters.checkpoint(commit);
      const written = this.deliveries.checkpoint(clock.now());
      this.journal.mark();
      this.rejections.write();
      this.learning.write();
      writeMeta(this.sql, "usage", usage);
      return written;
    });
    deliveriesWritten();
    this.usageWritten = usage;
  }

  /** Notes who changed what, inside the transaction of the change. */
  audit(actor: Actor, note: Omit<AuditNote, "company_id">, now: number): void {
    this.auditOutbox.note(actor, { ...note, company_id: this.record.company_id }, now);
    this.deadlines.notLaterThan("outbox", now + OUTBOX_ALARM_MS);
    this.relay.pokeAudit();
  }

  private writeRecord(next: CompanyRecord): void {
    writeMeta(this.sql, "company", JSON.stringify(next));
  }

  /** The same secrets under another key of the service: nobody's change, and nothing the edge must know. */
  reseal(newTexts: ReadonlyMap<string, string>): void {
    const now = clock.now();
    const next = structuredClone(this.record);
    next.secrets = next.secrets
      .filter((secret) => secret.expires_at === null || secret.expires_at > now)
      .map((secret) => ({ ...secret, sealed: newTexts.get(secret.sealed) ?? secret.sealed }));
    if (next.external_id) next.external_id = newTexts.get(next.external_id) ?? next.external_id;
    this.writeRecord(next);
    this.record = next;
  }

  /** Replaces the company's record, and notes it, in one transaction; `also` writes what belongs to it. */
  saveRecord(
    next: CompanyRecord,
    actor: Actor,
    note: Omit<AuditNote, "company_id">,
    also?: (now: number) => void,
  ): void {
    const now = clock.now();
    this.storage.transactionSync(() => {
      this.writeRecord(next);
      also?.(now);
      if (JSON.stringify(next.critical_assets) !== JSON.stringify(this.record.critical_assets))
        this.deadlines.set("rescore", now);
      this.audit(actor, note, now);
    });
    this.record = next;
    this.critical = criticalNames(next);
    this.deadlines.arm(now);
    this.relay.poke();
  }

  /** What the sweep's table must be told, or undefined where it knows early enough. */
  dueToRecord(): number | undefined {
    const earliest = this.deadlines.earliest();
    const known = this.recordedDue ?? null;
    if (earliest === null) return undefined;
    const stale = known !== null && known < clock.now() - DUE_STALE_MS;
    return known === null || earliest < known || stale ? earliest : undefined;
  }
}
