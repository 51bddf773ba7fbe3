import { outboundUrlProblem } from "../../../core/outbound-url.ts";
import { snsHostOf } from "../../../core/sns.ts";
import type { Env } from "../../env.ts";
import { awsGet } from "./aws-get.ts";

const ANSWER_MAX = 64 * 1024;

/** The address that confirms a subscription of just this topic, in its region; null for any other. */
export function subscribeUrl(given: string, topic: string): URL | null {
  if (outboundUrlProblem(given) !== null) return null;
  const url = new URL(given);
  const query = url.searchParams;
  const fits =
    url.hostname === snsHostOf(topic) &&
    url.pathname === "/" &&
    query.get("Action") === "ConfirmSubscription" &&
    query.getAll("TopicArn").join() === topic &&
    query.getAll("Token").length === 1;
  return fits ? url : null;
}

/** Whether SNS said that the subscription is confirmed. */
export async function confirmSubscription(env: Env, url: URL): Promise<boolean> {
  return (await awsGet(env, url, ANSWER_MAX)) !== null;
}
