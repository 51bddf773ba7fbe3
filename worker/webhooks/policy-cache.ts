import type { Policy } from "../../durable-objects/rpc.ts";
import { companyStub } from "../company-stub.ts";
import type { Env } from "../env.ts";
import { open } from "../secrets.ts";
import { type VerifyingSecret, verifyingKey } from "./signature.ts";
import { waitElsewhere } from "./wait-elsewhere.ts";

/** A policy with its secrets opened, in this isolate's memory alone. */
export interface OpenPolicy extends Policy {
  secrets: VerifyingSecret[];
  /** When it was read, epoch ms. */
  read_at: number;
}

/** A refusal re-reads the policy first, but never oftener than this per company. */
const REREAD_MS = 1000;
const CACHE_MAX = 2000;
/** A reading that takes longer was lost with the request that began it. */
const READ_MS = 3000;

const cached = new Map<string, OpenPolicy>();
const reading = new Map<string, Promise<OpenPolicy | null>>();

/** Keeps what an object answered; the newest version wins. */
export async function keepPolicy(env: Env, policy: Policy): Promise<OpenPolicy> {
  const secrets = await Promise.all(
    policy.sealed_secrets.map(async ({ sealed, expires_at }) => ({
      key: await verifyingKey(await open(env, policy.msp_id, sealed)),
      expires_at,
    })),
  );
  const opened = { ...policy, secrets, read_at: Date.now() };
  if (cached.size >= CACHE_MAX) cached.clear();
  cached.set(policy.company_id, opened);
  return opened;
}

async function read(env: Env, companyId: string): Promise<OpenPolicy | null> {
  const policy = await companyStub(env, companyId).policy();
  return policy && keepPolicy(env, policy);
}

/** One reading at a time per company, however many requests wait for it. */
async function readOnce(env: Env, companyId: string): Promise<OpenPolicy | null> {
  const under = reading.get(companyId);
  const shared = under && (await waitElsewhere(under, READ_MS));
  if (shared !== undefined) return shared;
  const started = read(env, companyId).finally(() => {
    if (reading.get(companyId) === started) reading.delete(companyId);
  });
  reading.set(companyId, started);
  return started;
}

/** The company is gone: nothing of it is kept here. */
export function forgetPolicy(companyId: string): void {
  cached.delete(companyId);
}

/** null: the object was never initialised. `fresh`: it was read for this request. */
export async function policyFor(
  env: Env,
  companyId: string,
): Promise<{ policy: OpenPolicy | null; fresh: boolean }> {
  const hit = cached.get(companyId);
  if (hit) return { policy: hit, fresh: false };
  return { policy: await readOnce(env, companyId), fresh: true };
}

/** The policy anew, unless it was read less than a second ago. */
export async function reread(env: Env, policy: OpenPolicy): Promise<OpenPolicy | null> {
  if (Date.now() - policy.read_at < REREAD_MS) return cached.get(policy.company_id) ?? policy;
  return readOnce(env, policy.company_id);
}
