import type { Role } from "../../core/actor.ts";
import { chainNoted } from "../audit/chain.ts";
import { auditInsert } from "../audit/record.ts";
import type { Env } from "../env.ts";
import { describeError, log } from "../log.ts";
import { sourceIp } from "./attempt-limit.ts";

/**
 * Notes that failed tries at an account led to a lock. After the answer, so that its time does not tell whether
 * there is such an account. Never throws.
 */
export async function noteRefusal(
  env: Env,
  request: Request,
  user: { id: string; msp_id: string; name: string; role: Role },
  reason: "password" | "code",
  now: number,
): Promise<void> {
  const by = {
    user_id: user.id,
    name: user.name,
    msp_id: user.msp_id,
    role: user.role,
    companies: [],
    via: { ip: sourceIp(request) },
  };
  try {
    await auditInsert(
      env,
      by,
      {
        action: "session.refused",
        company_id: null,
        target: { type: "user", id: user.id, name: user.name },
        after: { reason: `too many failed tries, the last one with a wrong ${reason}` },
      },
      now,
    );
    await chainNoted(env, [user.msp_id]);
  } catch (error) {
    log("refusal_not_noted", { error: describeError(error) });
  }
}
