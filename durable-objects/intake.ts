import type { NormalizedAlert } from "../core/alert.ts";
import { takeIn } from "../core/engine/intake.ts";
import type { Changes } from "../core/engine/state.ts";
import { alertId } from "../core/ids.ts";
import { cost, take } from "../core/token-bucket.ts";
import { clock } from "./clock.ts";
import type { CompanyCore } from "./company-core.ts";
import { endOf } from "./company-keys.ts";
import { policyOf } from "./company-record.ts";
import { type AcceptedDelivery, deliveryKey } from "./deliveries.ts";
import type { KnownDelivery } from "./delivery-pages.ts";
import type { AcceptAnswer, BeatAnswer, Delivery, GroupAnswer } from "./rpc.ts";

/** Deliveries one transaction takes; the rest of a burst goes into the next. */
const GROUP_MAX = 256;
const LARGE_GROUP = 8;

interface Waiting {
  delivery: Delivery;
  answer: (answer: GroupAnswer) => void;
}

/**
 * Group commit: deliveries that are in flight together are written in one transaction and answered after
 * it; the platform's output gate holds the answers until the disk has it.
 */
export class Intake {
  private waiting: Waiting[] = [];
  private scheduled = false;
  private core: CompanyCore;

  constructor(core: CompanyCore) {
    this.core = core;
  }

  /**
   * Several that came in one call, answered in their order. A group that is large enough is written at once,
   * and waits for no other call.
   */
  acceptAll(deliveries: Delivery[]): Promise<GroupAnswer[]> {
    const { promise, resolve } = Promise.withResolvers<GroupAnswer[]>();
    const answers: GroupAnswer[] = [];
    let left = deliveries.length;
    deliveries.forEach((delivery, i) => {
      const answer = (given: GroupAnswer) => {
        answers[i] = given;
        left -= 1;
        if (left === 0) resolve(answers);
      };
      const refused = this.refuse(delivery);
      if (refused) answer(refused);
      else this.waiting.push({ delivery, answer });
    });
    if (this.waiting.length >= LARGE_GROUP) this.flush();
    else this.schedule();
    return promise;
  }

  /** Revoked keys and outdated policies are turned away before anything is written. */
  refuse(
    delivery: Pick<Delivery, "key_hash" | "policy_version">,
  ): Extract<AcceptAnswer, { kind: "stale_policy" | "unknown_key" }> | null {
    const { record } = this.core;
    const key = record.keys.find((k) => k.hash === delivery.key_hash);
    if (!key || record.closed_at !== null) return { kind: "unknown_key" };
    const now = clock.now();
    const how = endOf(key, now);
    if (how) {
      const at = (how === "revoked" ? key.revoked_at : key.expires_at) ?? now;
      return { kind: "unknown_key", ended: { key_id: key.id, how, at } };
    }
    if (delivery.policy_version !== record.version) {
      return { kind: "stale_policy", policy: policyOf(record, now) };
    }
    this.core.usage.key_used_at[key.id] = now;
    return null;
  }

  /** A beat pays nothing: a storm of alerts must not make it late. */
  beat(delivery: Pick<Delivery, "key_hash" | "policy_version">, id: string): BeatAnswer {
    const refused = this.refuse(delivery);
    if (refused) return refused;
    if (!this.core.heartbeats.has(id)) return { kind: "unknown" };
    this.core.heartbeats.heardOf(id, clock.now());
    return { kind: "beat" };
  }

  /** Calls that arrive together are delivered before the timer: they become one transaction. */
  private schedule(): void {
    if (this.scheduled || this.waiting.length === 0) return;
    this.scheduled = true;
    setTimeout(() => {
      this.scheduled = false;
      this.flush();
    }, 0);
  }

  private flush(): void {
    while (this.waiting.length > 0) this.commit(this.waiting.splice(0, GROUP_MAX));
  }

  private commit(group: Waiting[]): void {
    const { firing, recoveries } = this.core.usage;
    const paid = { firing: { ...firing }, recoveries: { ...recoveries } };
    let answers: AcceptAnswer[];
    try {
      answers = this.core.mutate((changes, now, signatures) =>
        this.takeGroup(group, changes, now, signatures),
      );
    } catch (error) {
      // One delivery that cannot be written must not take its neighbours with it, nor charge them twice.
      Object.assign(this.core.usage, paid);
      if (group.length > 1) for (const one of group) this.commit([one]);
      else {
        this.core.ports.log("delivery_not_written", error);
        group[0]?.answer({ kind: "failed", detail: "The delivery could not be written." });
      }
      return;
    }
    group.forEach((one, i) => {
      const answer = answers[i];
      if (answer) one.answer(answer);
    });
  }

  private takeGroup(
    group: Waiting[],
    changes: Changes,
    now: number,
    accepted: AcceptedDelivery[],
  ): AcceptAnswer[] {
    const known = this.core.deliveries.find(this.lookUps(group, now), now);
    return group.map(({ delivery }) => {
      const key = deliveryKey(delivery);
      const before = this.before(delivery, key, known, now);
      if (before) return before;
      const refused = this.pay(delivery, now);
      if (refused) return refused;
      const { ids, outcomes } = this.takeAlerts(delivery, changes, now);
      if (key !== null) {
        const { body_hash } = delivery;
        const signature = delivery.delivery_id !== null ? (delivery.signature?.hex ?? null) : null;
        known.set(key, { body_hash, ids });
        if (signature !== null) this.core.deliveries.rememberSignature(signature, key, now);
        accepted.push({ key, body_hash, ids, ttl_hours: delivery.delivery_ttl_hours, signature });
      }
      return { kind: "received" as const, alert_ids: this.publicIds(ids), outcomes };
    });
  }

  private lookUps(group: Waiting[], now: number): string[] {
    const keys: string[] = [];
    for (const { delivery } of group) {
      const key = deliveryKey(delivery);
      if (key !== null) keys.push(key);
      const bySignature = delivery.signature && this.core.deliveries.bySignature(delivery.signature.hex, now);
      if (bySignature) keys.push(bySignature);
    }
    return keys;
  }

  /** The answer of the first time, when this delivery, or the same signed bytes, came before. */
  private before(
    delivery: Delivery,
    key: string | null,
    known: Map<string, KnownDelivery>,
    now: number,
  ): AcceptAnswer | null {
    const same = key === null ? undefined : known.get(key);
    if (same) {
      if (same.body_hash !== delivery.body_hash) return { kind: "delivery_conflict" };
      return { kind: "duplicate", alert_ids: this.publicIds(same.ids) };
    }
    const signed = delivery.signature && this.core.deliveries.bySignature(delivery.signature.hex, now);
    const replayed = signed ? known.get(signed) : undefined;
    return replayed ? { kind: "duplicate", alert_ids: this.publicIds(replayed.ids) } : null;
  }

  /** Recoveries have a bucket of their own: a storm must never keep the news that it is over from coming in. */
  private pay(delivery: Delivery, now: number): AcceptAnswer | null {
    const { usage, record } = this.core;
    const limit = record.rate_limit;
    const recoveries = delivery.alerts.filter((a) => a.status === "resolved").length;
    const onlyRecoveries = recoveries === delivery.alerts.length && recoveries > 0;
    const bucket = onlyRecoveries ? usage.recoveries : usage.firing;
    const wait = take(bucket, limit, cost(delivery.alerts.length, limit), now);
    if (wait === 0) return null;
    this.core.rejections.noteRepeated({
      reason: "rate_limited",
      tool: delivery.alerts[0]?.tool_source ?? "",
      detail: `More than ${limit.requests_per_minute} requests a minute.`,
      source_ip: null,
      at: now,
      count: 1,
    });
    return { kind: "rate_limited", retry_after: wait, limit: limit.requests_per_minute, burst: limit.burst };
  }

  private takeAlerts(delivery: Delivery, changes: Changes, now: number) {
    const context = this.core.context(changes);
    const ids: (number | null)[] = [];
    const outcomes: string[] = [];
    for (const alert of delivery.alerts as NormalizedAlert[]) {
      const { alert: state, outcome } = takeIn(context, alert, delivery.delivery_id, now);
      this.core.heartbeats.heardIn(changes, alert, now);
      ids.push(state?.seq ?? null);
      outcomes.push(outcome);
    }
    return { ids, outcomes };
  }

  private publicIds(ids: (number | null)[]): (string | null)[] {
    const { company_id } = this.core.record;
    return ids.map((seq) => (seq === null ? null : alertId(company_id, seq)));
  }
}
