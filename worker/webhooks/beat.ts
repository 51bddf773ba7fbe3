import { companyStub } from "../company-stub.ts";
import type { Env } from "../env.ts";
import { verifyKey } from "../keys.ts";
import { describeError, log } from "../log.ts";
import { json, refusal } from "./answers.ts";
import { readBody } from "./body.ts";
import { keepPolicy } from "./policy-cache.ts";
import { authenticate, keyOf, UNKNOWN_KEY, verify } from "./verify.ts";

/** Goes unsigned: cron cannot sign. A signature that is there is checked. */
const TOOL = "heartbeat";
const ROUNDS = 3;

/** One beat of what is expected regularly: GET or POST, with the company's key; what it brings is not read. */
export async function beat(request: Request, env: Env, id: string): Promise<Response> {
  if (request.method !== "POST" && request.method !== "GET")
    return refusal({ code: "method_not_allowed", detail: "A heartbeat is sent with GET or POST." });
  const body = await readBody(request);
  if (!body.ok) return refusal(body.error);
  const key = verifyKey(env, keyOf(request));
  if (!key) return refusal(UNKNOWN_KEY);
  const verified = await verify(request, env, TOOL, body.value, key);
  if (!verified.ok) return refusal(verified.error);
  let { policy } = verified.value;
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const given = { key_hash: key.key_hash, policy_version: policy.version, id };
      const answer = await companyStub(env, key.company_id).beat(given);
      if (answer.kind === "beat") return json(202, { status: "received" });
      if (answer.kind === "unknown_key") return refusal(UNKNOWN_KEY);
      if (answer.kind === "unknown")
        return refusal({ code: "not_found", detail: "This company expects no heartbeat under that id." });
      policy = await keepPolicy(env, answer.policy);
      const again = await authenticate(request, TOOL, body.value, policy, Date.now());
      if (!again.ok) return refusal(again.error);
    }
  } catch (error) {
    log("beat_failed", { error: describeError(error) });
  }
  return refusal({
    code: "unavailable",
    detail: "The heartbeat was not noted. Send it again.",
    retry_after: 1,
  });
}
