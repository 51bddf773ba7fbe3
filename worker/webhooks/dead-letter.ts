import { LETTER_BODY_MAX, SAMPLE_BODY_MAX } from "../../core/dead-letter.ts";
import type { Failure } from "../../core/errors.ts";
import type { RefusedBody } from "../../durable-objects/rpc.ts";
import { companyStub } from "../company-stub.ts";
import type { Env } from "../env.ts";
import type { VerifiedKey } from "../keys.ts";
import { describeError, log } from "../log.ts";

/** Calls under way per company; in a storm of bad bodies the rest is only counted. */
const AT_ONCE = 4;
/** An answer waits this long for its letter to be kept; the call itself goes on. */
const WAIT_MS = 2000;
const COMPANIES_MAX = 10_000;
/** Bodies handed over for the mapping editor, per company. */
const SAMPLE_EVERY_MS = 1000;

const busy = new Map<string, { flying: number; uncounted: number }>();
const sampled = new Map<string, number>();
const decoder = new TextDecoder();

interface Refused {
  company_id: string;
  key_hash: string;
  tool: string;
  source_ip: string;
  request: Request;
  body: Uint8Array;
  failure: Pick<Failure, "code" | "detail" | "fields">;
  /** The places of what was refused, where the rest of the body was accepted. */
  refused_items: number[] | null;
}

function letterOf(refused: Refused, uncounted: number): RefusedBody {
  const { key_hash, tool, source_ip, request, body, failure, refused_items } = refused;
  const truncated = body.byteLength > LETTER_BODY_MAX;
  const fields = Object.entries(failure.fields ?? {}).slice(0, 20);
  return {
    key_hash,
    tool,
    source_ip,
    reason: failure.code,
    detail: failure.detail.slice(0, 500),
    fields: Object.fromEntries(fields.map(([path, text]) => [path.slice(0, 200), text.slice(0, 200)])),
    content_type: (request.headers.get("content-type") ?? "").slice(0, 200),
    user_agent: (request.headers.get("user-agent") ?? "").slice(0, 200),
    size: body.byteLength,
    body: decoder.decode(truncated ? body.subarray(0, LETTER_BODY_MAX) : body),
    truncated,
    refused_items,
    uncounted,
  };
}

/**
 * Hands over what was authenticated but not understood. Comes back when it is kept, could not be, or takes too
 * long: the sender's answer is the same.
 */
export async function keepLetter(env: Env, ctx: ExecutionContext, refused: Refused): Promise<void> {
  const { company_id } = refused;
  const lane = busy.get(company_id) ?? { flying: 0, uncounted: 0 };
  if (busy.size >= COMPANIES_MAX) busy.clear();
  busy.set(company_id, lane);
  if (lane.flying >= AT_ONCE) {
    lane.uncounted += 1;
    return;
  }
  const letter = letterOf(refused, lane.uncounted);
  lane.uncounted = 0;
  lane.flying += 1;
  const kept = companyStub(env, company_id)
    .keepLetter(letter)
    .then(
      () => {},
      (error) => log("dead_letter_lost", { error: describeError(error) }),
    )
    .finally(() => {
      lane.flying -= 1;
      if (lane.flying === 0 && lane.uncounted === 0) busy.delete(company_id);
    });
  ctx.waitUntil(kept);
  await Promise.race([kept, scheduler.wait(WAIT_MS)]);
}

/** Keeps one of the bodies that the custom route receives, beside the answer, for the mapping editor. */
export function keepSample(
  env: Env,
  ctx: ExecutionContext,
  { company_id, key_hash }: VerifiedKey,
  body: string,
): void {
  const now = Date.now();
  if (body.length > SAMPLE_BODY_MAX || now - (sampled.get(company_id) ?? 0) < SAMPLE_EVERY_MS) return;
  if (sampled.size >= COMPANIES_MAX) sampled.clear();
  sampled.set(company_id, now);
  const kept = companyStub(env, company_id)
    .keepSample(key_hash, body)
    .catch((error) => log("sample_lost", { error: describeError(error) }));
  ctx.waitUntil(Promise.resolve(kept));
}
