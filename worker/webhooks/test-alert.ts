import type { Actor } from "../../core/actor.ts";
import type { NormalizedAlert } from "../../core/alert.ts";
import type { Result } from "../../core/errors.ts";
import { companyStub } from "../company-stub.ts";
import type { Env } from "../env.ts";

/** A test alert takes the way of every alert from the object on; its recovery is the sender's to send. */
export async function sendTestAlert(
  env: Env,
  companyId: string,
  actor: Actor,
): Promise<Result<{ alert_id: string }>> {
  const alert: NormalizedAlert = {
    status: "firing",
    asset_name: "test-host",
    asset_id: null,
    signature: "test_alert",
    severity: "low",
    category: "Other",
    message: `Test alert sent by ${actor.name}. Nothing is wrong.`,
    tool_source: "alert-whisperer",
    caller_key: "test-alert",
    identity: null,
    variant: null,
    event_time: null,
    tags: [],
    links: [],
    flags: ["test"],
    heartbeat: false,
  };
  return companyStub(env, companyId).acceptOwn(actor, alert);
}
