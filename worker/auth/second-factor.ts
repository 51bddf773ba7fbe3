import { and, count, eq, isNull, lt, or } from "drizzle-orm";
import type { FactorsLeft } from "../../core/sign-in.ts";
import { database } from "../db/database.ts";
import { passkeys, users } from "../db/schema.ts";
import type { Env } from "../env.ts";
import { open } from "../secrets.ts";
import { recoveryCodesLeft, redeemRecoveryCode } from "./recovery-codes.ts";
import { totpStep } from "./totp.ts";

/** What of a person's row says which second factor they have. */
export type FactorOwner = Pick<
  typeof users.$inferSelect,
  "id" | "msp_id" | "totp_secret" | "totp_enabled_at"
>;

export async function passkeyCount(env: Env, userId: string): Promise<number> {
  const row = await database(env)
    .select({ passkeys: count() })
    .from(passkeys)
    .where(eq(passkeys.user_id, userId))
    .get();
  return row?.passkeys ?? 0;
}

/** How this person can prove more than a password; empty where the password is enough. */
export async function secondFactors(env: Env, user: FactorOwner): Promise<FactorsLeft["methods"]> {
  const methods: FactorsLeft["methods"] = [];
  if (user.totp_enabled_at !== null) methods.push("totp");
  if ((await passkeyCount(env, user.id)) > 0) methods.push("passkey");
  if (methods.length > 0 && (await recoveryCodesLeft(env, user.id)) > 0) methods.push("recovery");
  return methods;
}

/** Uses a code up: each time step and each recovery code is good once. null where it is not right. */
export async function redeemCode(
  env: Env,
  user: FactorOwner,
  code: string,
  now: number,
): Promise<"totp" | "recovery" | null> {
  if (!/^\d{6}$/.test(code)) return (await redeemRecoveryCode(env, user.id, code, now)) ? "recovery" : null;
  if (user.totp_enabled_at === null || user.totp_secret === null) return null;
  const step = totpStep(await open(env, user.msp_id, user.totp_secret), code, now);
  if (step === null) return null;
  const used = await database(env)
    .update(users)
    .set({ totp_last_step: step })
    .where(and(eq(users.id, user.id), or(isNull(users.totp_last_step), lt(users.totp_last_step, step))))
    .returning({ id: users.id });
  return used.length === 1 ? "totp" : null;
}
