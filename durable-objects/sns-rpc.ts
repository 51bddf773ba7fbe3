import type { Actor } from "../core/actor.ts";
import type { Result } from "../core/errors.ts";
import type { SnsTopic, SnsTopics } from "../core/sns.ts";

export interface TopicRecord {
  arn: string;
  state: SnsTopic["state"];
  /** Epoch ms. */
  at: number;
  by: string;
  /** Confirms the subscription once somebody allows the topic; checked, and AWS's. */
  subscribe_url?: string;
}

export interface SnsRecord {
  accept_new: boolean;
  /** Newest first. */
  topics: TopicRecord[];
}

/** A message of a topic that the edge does not know as allowed; its signature was good. */
export interface TopicArrival {
  key_hash: string;
  ip: string;
  arn: string;
  /** Of a subscription that asks to be confirmed; null: an ordinary message. */
  subscribe_url: string | null;
}
export type TopicAnswer = "allowed" | "waiting" | "unknown_key";

export type TopicChange =
  | { type: "allow"; arn: string }
  | { type: "remove"; arn: string }
  | { type: "accept_new"; on: boolean };

export interface SnsRpc {
  topicArrives(arrival: TopicArrival): Promise<TopicAnswer>;
  snsTopics(actor: Actor): Promise<Result<SnsTopics>>;
  changeTopics(actor: Actor, change: TopicChange): Promise<Result<{ subscribe_url: string | null }>>;
}
