import type { Actor } from "../core/actor.ts";
import { fail, ok, type Result } from "../core/errors.ts";
import { type SnsTopics, TOPICS_MAX } from "../core/sns.ts";
import { clock } from "./clock.ts";
import type { CompanyCore } from "./company-core.ts";
import { endOf } from "./company-keys.ts";
import type { SnsRecord, TopicAnswer, TopicArrival, TopicChange, TopicRecord } from "./sns-rpc.ts";

const NONE: SnsRecord = { accept_new: false, topics: [] };

const snsOf = (core: CompanyCore): SnsRecord => core.record.sns ?? NONE;

function save(
  core: CompanyCore,
  actor: Actor,
  sns: SnsRecord,
  action: string,
  topic: TopicRecord | null,
): void {
  const before = topic && snsOf(core).topics.find(({ arn }) => arn === topic.arn);
  const next = { ...structuredClone(core.record), sns, version: core.record.version + 1 };
  const target = topic
    ? { type: "sns_topic", id: topic.arn }
    : { type: "company", id: core.record.company_id, name: core.record.name };
  const [was, is] = topic
    ? [{ state: before?.state ?? null }, { state: topic.state }]
    : [{ accept_new: snsOf(core).accept_new }, { accept_new: sns.accept_new }];
  core.saveRecord(next, actor, { action, target, before: was, after: is });
}

const withTopic = (sns: SnsRecord, topic: TopicRecord): SnsRecord => ({
  ...sns,
  topics: [topic, ...sns.topics.filter(({ arn }) => arn !== topic.arn)],
});

/**
 * Whether a topic may deliver. The first that asks to be confirmed is allowed by itself, since it comes with a
 * key and AWS's signature; once there was one, a further one waits for a person unless the company wants all.
 */
export function topicArrives(core: CompanyCore, arrival: TopicArrival): TopicAnswer {
  const { record } = core;
  const now = clock.now();
  const key = record.keys.find(({ hash }) => hash === arrival.key_hash);
  if (!key || endOf(key, now) !== null || record.closed_at !== null) return "unknown_key";
  const sns = snsOf(core);
  const known = sns.topics.find(({ arn }) => arn === arrival.arn);
  if (known?.state === "allowed") return "allowed";
  const confirms = arrival.subscribe_url !== null;
  const free = !known && confirms && (sns.accept_new || sns.topics.length === 0);
  const told =
    known && (known.subscribe_url ?? null) === (arrival.subscribe_url ?? known.subscribe_url ?? null);
  if (!free && (told || (!known && sns.topics.length >= TOPICS_MAX))) return "waiting";
  const actor: Actor = {
    user_id: key.id,
    name: `API key ${key.id}`,
    msp_id: record.msp_id,
    role: "company_admin",
    companies: [record.company_id],
    via: { ip: arrival.ip, token_id: key.id },
  };
  const state = free ? "allowed" : (known?.state ?? "waiting");
  const topic: TopicRecord = { arn: arrival.arn, state, at: now, by: actor.name };
  if (!free && arrival.subscribe_url) topic.subscribe_url = arrival.subscribe_url;
  save(core, actor, withTopic(sns, topic), free ? "company.topic_allowed" : "company.topic_waits", topic);
  return free ? "allowed" : "waiting";
}

/** A person's change. @returns the address that confirms the topic's subscription, where one waits for it */
export function changeTopics(
  core: CompanyCore,
  actor: Actor,
  change: TopicChange,
): Result<{ subscribe_url: string | null }> {
  const sns = snsOf(core);
  if (change.type === "accept_new") {
    if (sns.accept_new !== change.on)
      save(core, actor, { ...sns, accept_new: change.on }, "company.topics_changed", null);
    return ok({ subscribe_url: null });
  }
  const known = sns.topics.find(({ arn }) => arn === change.arn);
  const state = change.type === "allow" ? "allowed" : "removed";
  if (!known && state === "removed") return fail("not_found", "There is no such topic.");
  if (!known && sns.topics.length >= TOPICS_MAX)
    return fail("conflict", `There are ${TOPICS_MAX} topics already.`);
  if (known?.state !== state) {
    const topic: TopicRecord = { arn: change.arn, state, at: clock.now(), by: actor.name };
    const action = state === "allowed" ? "company.topic_allowed" : "company.topic_removed";
    save(core, actor, withTopic(sns, topic), action, topic);
  }
  return ok({ subscribe_url: state === "allowed" ? (known?.subscribe_url ?? null) : null });
}

/** As the API shows them; the addresses that confirm stay inside. */
export function topicsView(core: CompanyCore): SnsTopics {
  const { accept_new, topics } = snsOf(core);
  const items = topics.map(({ arn, state, at, by }) => ({ arn, state, at: new Date(at).toISOString(), by }));
  return { items, next_cursor: null, accept_new };
}
