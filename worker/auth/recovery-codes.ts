import { createHash, randomBytes } from "node:crypto";
import { and, count, eq, isNull } from "drizzle-orm";
import { encodeId } from "../../core/ids.ts";
import { database } from "../db/database.ts";
import { recoveryCodes } from "../db/schema.ts";
import type { Env } from "../env.ts";

const CODES = 10;
const LOOK_ALIKES: Record<string, string> = { o: "0", i: "1", l: "1" };

/** Of 80 random bits a plain hash is enough; the person's id keeps equal codes of two people apart. */
function hash(userId: string, code: string): string {
  const read = code.replace(/[oil]/g, (letter) => LOOK_ALIKES[letter] ?? letter);
  return createHash("sha256").update(`${userId}:${read}`).digest("hex");
}

/** Ten new ones in place of all before: as people keep them, and the statements that store their hashes. */
export function newRecoveryCodes(env: Env, userId: string) {
  const db = database(env);
  const codes = Array.from({ length: CODES }, () => encodeId(randomBytes(10)));
  return {
    codes: codes.map((code) => code.replace(/(.{4})(?=.)/g, "$1-")),
    statements: [
      dropRecoveryCodes(env, userId),
      db
        .insert(recoveryCodes)
        .values(codes.map((code) => ({ user_id: userId, code_hash: hash(userId, code), used_at: null }))),
    ] as const,
  };
}

export function dropRecoveryCodes(env: Env, userId: string) {
  return database(env).delete(recoveryCodes).where(eq(recoveryCodes.user_id, userId));
}

/** How many are left. */
export async function recoveryCodesLeft(env: Env, userId: string): Promise<number> {
  const row = await database(env)
    .select({ left: count() })
    .from(recoveryCodes)
    .where(and(eq(recoveryCodes.user_id, userId), isNull(recoveryCodes.used_at)))
    .get();
  return row?.left ?? 0;
}

/** Uses a code up. @returns false where there is no such code, or it was used before */
export async function redeemRecoveryCode(
  env: Env,
  userId: string,
  code: string,
  now: number,
): Promise<boolean> {
  const used = await database(env)
    .update(recoveryCodes)
    .set({ used_at: now })
    .where(
      and(
        eq(recoveryCodes.user_id, userId),
        eq(recoveryCodes.code_hash, hash(userId, code)),
        isNull(recoveryCodes.used_at),
      ),
    )
    .returning({ user_id: recoveryCodes.user_id });
  return used.length === 1;
}
