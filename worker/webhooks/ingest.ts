import type { Adapter, AdapterItem, AdapterResult } from "../../core/adapters/adapter.ts";
import { parseCustom } from "../../core/adapters/custom.ts";
import { ADAPTERS } from "../../core/adapters/index.ts";
import { type Failure, fail, ok, type Result } from "../../core/errors.ts";
import { fingerprint } from "../../core/fingerprint.ts";
import type { AcceptAnswer, Delivery } from "../../durable-objects/rpc.ts";
import type { Env } from "../env.ts";
import { type VerifiedKey, verifyKey } from "../keys.ts";
import { describeError, log } from "../log.ts";
import { acceptGrouped, type Coming, coming, notComing } from "./accept-group.ts";
import { duplicate, fieldsOf, rateLimited, received, refusal } from "./answers.ts";
import { parseBody, readBody } from "./body.ts";
import { keepLetter, keepSample } from "./dead-letter.ts";
import { deliveryIdOf } from "./delivery-id.ts";
import { denialOf, noteRefusal, rememberDenial } from "./edge-memory.ts";
import { detailOf, explained } from "./explain.ts";
import { forgetPolicy, keepPolicy, type OpenPolicy, reread } from "./policy-cache.ts";
import { type Arrived, concernsSns, throughSns, topicRefused } from "./sns/through-sns.ts";
import { addressOf, authenticate, keyOf, UNKNOWN_KEY, type Verified, verify } from "./verify.ts";

/** `accept` answers "stale" with the new policy; more rounds than this mean settings change as we look. */
const POLICY_ROUNDS = 3;

const QUERY_MAPPING = /[?&]mapping=([^&#]*)/;

/** A request whose key this service issued. */
interface Post {
  request: Request;
  env: Env;
  ctx: ExecutionContext;
  adapter: Adapter;
  key: VerifiedKey;
  mine: Coming;
}

/** The same answer to every sender; the company's people are told which key it was and how it ended. */
class EndedKey {
  readonly failure = UNKNOWN_KEY;
  readonly detail: string;

  constructor({ key_id, how, at }: { key_id: string; how: string; at: number }) {
    const when = new Date(at).toISOString();
    this.detail =
      how === "revoked"
        ? `The key ${key_id} was revoked at ${when}.`
        : `The key ${key_id} ended at ${when}, when the time to move to its successor was over.`;
  }
}

/** Sends the delivery to the company's object, verifying again while the object knows a newer policy. */
async function accept(
  { request, env, ctx, adapter, key, mine }: Post,
  body: Uint8Array,
  verified: Verified,
  rest: Pick<Delivery, "delivery_id" | "delivery_ttl_hours" | "body_hash" | "alerts">,
  topic: string | null = null,
): Promise<Result<Exclude<AcceptAnswer, { kind: "stale_policy" }>>> {
  let { policy, signature } = verified;
  for (let round = 0; round < POLICY_ROUNDS; round++) {
    const delivery = { policy_version: policy.version, key_hash: key.key_hash, signature, ...rest };
    const answer = await acceptGrouped(env, ctx, mine, delivery, body.byteLength);
    if (answer.kind !== "stale_policy") return ok(answer);
    policy = await keepPolicy(env, answer.policy);
    const again = await authenticate(request, adapter.tool, body, policy, Date.now());
    if (!again.ok) return again;
    if (topic !== null && !policy.sns_topics?.includes(topic)) return topicRefused(topic);
    signature = again.value;
  }
  return fail("unavailable", "The company's settings are changing right now. Send it again.", {
    retry_after: 1,
  });
}

async function understood(
  post: Post,
  body: Uint8Array<ArrayBuffer>,
  verified: Verified,
  items: AdapterItem[],
  arrived: Arrived | null,
): Promise<Response | Failure | EndedKey> {
  const { request, adapter, key } = post;
  const alerts = items.flatMap((item) => ("alert" in item ? [item.alert] : []));
  const bucket = `${key.company_id}|${alerts.every((a) => a.status === "resolved")}`;
  const denial = denialOf(bucket, Date.now());
  if (denial) return rateLimited(adapter, denial);
  const given = deliveryIdOf(request.headers);
  const delivery_id = arrived?.topic
    ? arrived.delivery_id
    : (given.delivery_id ?? arrived?.delivery_id ?? null);
  const remembered = delivery_id !== null || verified.signature !== null;
  const rest = {
    delivery_id,
    delivery_ttl_hours: given.delivery_ttl_hours,
    body_hash: arrived?.body_hash ?? (remembered ? fingerprint(body) : ""),
    alerts,
  };
  const answered = await accept(post, body, verified, rest, arrived?.topic);
  if (!answered.ok) return answered.error;
  const answer = answered.value;
  switch (answer.kind) {
    case "received":
      return received(items, answer);
    case "duplicate":
      return duplicate(items, answer);
    case "rate_limited":
      // Of the least price alone: what is too little for a large body may do for a small one.
      if (alerts.length <= 100)
        rememberDenial(bucket, answer.retry_after, answer.limit, answer.burst, Date.now());
      return rateLimited(adapter, answer);
    case "delivery_conflict":
      return {
        code: "delivery_conflict",
        detail: `The delivery id ${delivery_id} was used before with another body.`,
      };
    case "unknown_key":
      if (answer.gone) forgetPolicy(key.company_id);
      return answer.ended ? new EndedKey(answer.ended) : UNKNOWN_KEY;
  }
}

/**
 * By the company's own mappings, at most a second old. The body is kept for the mapping editor where there is
 * a place for it.
 */
async function byMapping(
  { request, env, ctx, key }: Post,
  known: OpenPolicy,
  value: unknown,
): Promise<AdapterResult> {
  const { mappings = [] } = (await reread(env, known)) ?? known;
  const named = QUERY_MAPPING.exec(request.url)?.[1];
  const result = parseCustom(mappings, named ?? null, value);
  // What is refused is kept as a dead letter, and found there.
  if ("items" in result) keepSample(env, ctx, key, JSON.stringify(value));
  return result;
}

/** The single alerts of a body that were refused while others were accepted. */
function leftOver(value: unknown, { items, many }: Extract<AdapterResult, { items: unknown }>) {
  const places = items.flatMap((item, i) => ("fields" in item ? [i] : []));
  if (places.length === 0) return null;
  const fields = fieldsOf(items, many);
  const detail = `${places.length} of the ${items.length} alerts in the body could not be understood.`;
  const failure: Failure = { code: "validation_failed", detail, fields };
  if (!Array.isArray(value) || value.length !== items.length) return { failure, places };
  const bytes = new TextEncoder().encode(JSON.stringify(places.map((i) => value[i])));
  return { failure, places: null, bytes };
}

/** One webhook request, from raw bytes to a durable answer. */
export async function ingest(
  request: Request,
  env: Env,
  ctx: ExecutionContext,
  tool: string,
): Promise<Response> {
  if (request.method !== "POST")
    return refusal({ code: "method_not_allowed", detail: "Send alerts with POST." });
  const adapter = ADAPTERS.get(tool);
  if (!adapter) {
    const known = [...ADAPTERS.keys()].join(", ");
    return refusal({
      code: "not_found",
      detail: `There is no webhook for "${tool.slice(0, 40)}". Known: ${known}.`,
    });
  }
  const key = verifyKey(env, keyOf(request));
  if (!key) {
    const body = await readBody(request);
    return refusal(body.ok ? UNKNOWN_KEY : body.error);
  }
  const mine = coming(key.company_id);
  try {
    return await keyed({ request, env, ctx, adapter, key, mine });
  } finally {
    notComing(mine);
  }
}

/** The same of one whose key this service issued. */
async function keyed(post: Post): Promise<Response> {
  const { request, env, ctx, adapter, key } = post;
  const { tool } = adapter;
  const body = await readBody(request);
  const note = (failure: Failure, detail = failure.detail) => {
    const company = key.company_id;
    const refused = { reason: failure.code, tool, source_ip: addressOf(request), at: Date.now() };
    const told = explained(env, request, company, body.ok ? body.value : null, failure);
    noteRefusal(
      env,
      ctx,
      company,
      { ...refused, detail: detailOf(failure, detail), ...told.skew },
      told.explain,
    );
  };
  const refuse = (failure: Failure) => {
    note(failure);
    return refusal(failure);
  };
  if (!body.ok) return refuse(body.error);
  const verified = await verify(request, env, tool, body.value, key);
  if (!verified.ok) return refuse(verified.error);
  const { policy } = verified.value;
  const keep = (failure: Failure, bytes: Uint8Array = body.value, refused_items: number[] | null = null) =>
    keepLetter(env, ctx, {
      ...key,
      tool,
      source_ip: addressOf(request),
      request,
      body: bytes,
      failure,
      refused_items,
    });
  const refuseAndKeep = async (failure: Failure) => {
    await keep(failure);
    return refuse(failure);
  };
  const parsed = await parseBody(body.value, request.headers.get("content-type"));
  if (!parsed.ok) return refuseAndKeep(parsed.error);
  const { value } = parsed.value;
  let arrived: Arrived | null = null;
  if (concernsSns(tool, value)) {
    const signed = verified.value.signature !== null;
    const sent = { request, env, tool, key, policy, signed, ip: addressOf(request) };
    const sns = await throughSns(sent, value);
    if (!sns.ok) return refuse(sns.error);
    if (sns.value && "response" in sns.value) {
      if (sns.value.notice) note(sns.value.notice);
      return sns.value.response;
    }
    arrived = sns.value;
  }
  const result =
    tool === "custom"
      ? await byMapping(post, policy, value)
      : adapter.parse(value, (name) => request.headers.get(name));
  if (!("items" in result))
    return refuseAndKeep({ code: "validation_failed", detail: result.detail, fields: result.fields });
  if (parsed.value.repaired)
    for (const item of result.items) if ("alert" in item) item.alert.flags.push("repaired_utf8");
  if (!result.items.some((item) => "alert" in item)) {
    const fields = fieldsOf(result.items, result.many);
    const detail = "No alert in the body could be understood.";
    return refuseAndKeep({ code: "validation_failed", detail, fields });
  }
  try {
    const answer = await understood(post, body.value, verified.value, result.items, arrived);
    if (answer instanceof Response) {
      const rest = answer.status === 202 ? leftOver(value, result) : null;
      if (rest) await keep(rest.failure, rest.bytes ?? body.value, rest.places);
      return answer;
    }
    if (!(answer instanceof EndedKey)) return refuse(answer);
    note(answer.failure, answer.detail);
    return refusal(answer.failure);
  } catch (error) {
    log("ingest_failed", { error: describeError(error) });
    return refusal({
      code: "unavailable",
      detail: "The alert could not be stored. Send it again.",
      retry_after: 1,
    });
  }
}
