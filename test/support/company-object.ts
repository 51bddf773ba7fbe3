import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { Actor } from "../../core/actor.ts";
import type { NormalizedAlert } from "../../core/alert.ts";
import { clock } from "../../durable-objects/clock.ts";
import type { AcceptAnswer, CompanyRpc, Delivery } from "../../durable-objects/rpc.ts";
import { newId } from "../../worker/new-id.ts";
import { newHmacSecret, seal } from "../../worker/secrets.ts";

export { alertOf } from "./alert.ts";

/** A company's object alone, without the HTTP face, for tests of what it does with time and storage. */
export async function freshCompany() {
  const company_id = newId("co");
  const msp_id = newId("msp");
  const object = () => env.COMPANY.get(env.COMPANY.idFromName(company_id));
  // A crash breaks the stubs made before it, so every call gets its own. Seen through its interface: the
  // platform's own stub type cannot follow unions.
  const stub = new Proxy({} as CompanyRpc, {
    get:
      (_, name: keyof CompanyRpc) =>
      (...args: unknown[]) => {
        const fresh = object() as unknown as Record<string, (...args: unknown[]) => unknown>;
        return fresh[name]?.(...args);
      },
  });
  await stub.init({
    company_id,
    msp_id,
    name: "Test Company",
    time_zone: "UTC",
    key_id: "key_test",
    key_hash: "hash",
    sealed_secret: await seal(env, msp_id, newHmacSecret()),
  });
  await env.DB.batch([
    env.DB.prepare("INSERT INTO msps (id, name, created_at) VALUES (?1, 'Test MSP', 0)").bind(msp_id),
    env.DB.prepare(
      "INSERT INTO companies (id, msp_id, name, time_zone, created_at) VALUES (?1, ?2, 'Test Company', 'UTC', 0)",
    ).bind(company_id, msp_id),
  ]);
  const actor: Actor = { user_id: "us_1", name: "Ada", msp_id, role: "msp_admin", companies: "all" };
  let version = 1;
  const accept = async (alerts: NormalizedAlert[], more: Partial<Delivery> = {}): Promise<AcceptAnswer> => {
    const answer = await stub.accept({
      policy_version: version,
      key_hash: "hash",
      delivery_id: crypto.randomUUID(),
      delivery_ttl_hours: 24,
      body_hash: "body",
      signature: null,
      alerts,
      ...more,
    });
    if (answer.kind !== "stale_policy") return answer;
    version = answer.policy.version;
    return accept(alerts, more);
  };
  /** Settings whose times are short enough to watch; unlimited rate. */
  const settle = async (correlation: Record<string, unknown> = {}) => {
    const state = await stub.state(actor);
    if (!state.ok) throw new Error(state.error.detail);
    await stub.update(actor, {
      correlation: { ...state.value.correlation, ...correlation },
      rate_limit: { requests_per_minute: 1_000_000, burst: 1_000_000 },
    });
  };
  await settle();
  /** Ends the object at once, as a crash does: memory and timers are gone, what was committed stays. */
  const crash = () => runInDurableObject(object(), (_, state) => state.abort("crash")).catch(() => undefined);
  const incident = async (n: number) => {
    const found = await stub.incident(actor, `in_${company_id.slice(3)}_${n.toString(36)}`);
    if (!found.ok) throw new Error(found.error.detail);
    return found.value;
  };
  return { company_id, msp_id, object, stub, actor, accept, settle, crash, incident };
}

/** Moves the objects' clock; call `restore` when the test is over. */
export function movableClock(start = Date.now()) {
  let now = start;
  const real = clock.now;
  clock.now = () => now;
  return {
    get now() {
      return now;
    },
    forward(ms: number) {
      now += ms;
    },
    restore() {
      clock.now = real;
    },
  };
}
