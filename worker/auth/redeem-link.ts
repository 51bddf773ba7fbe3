import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { Actor } from "../../core/actor.ts";
import { fail } from "../../core/errors.ts";
import { database } from "../db/database.ts";
import { guard } from "../db/guard.ts";
import { emailTokens, users } from "../db/schema.ts";
import type { Env } from "../env.ts";
import { sourceIp } from "./attempt-limit.ts";
import { tokenHash } from "./personal-token.ts";

export const deadLink = () =>
  fail("validation_failed", "This link does not work any more: it was used, replaced or is too old.", {
    fields: { token: "used, replaced or too old" },
  });

/** A mailed one-time link that still works, with its person; null for any other token. */
export async function findLink(env: Env, purpose: "verify" | "reset", token: string, now: number) {
  const link = await database(env)
    .select({ link: emailTokens, user: users })
    .from(emailTokens)
    .innerJoin(users, and(eq(users.id, emailTokens.user_id), eq(users.email, emailTokens.email)))
    .where(
      and(
        eq(emailTokens.token_hash, tokenHash(token)),
        eq(emailTokens.purpose, purpose),
        isNull(emailTokens.used_at),
        gt(emailTokens.expires_at, now),
        isNull(users.disabled_at),
      ),
    )
    .get();
  return link ?? null;
}

/** For the batch of what the link is for: fails it if somebody used the link meanwhile, and uses it up. */
export function spendLink(
  env: Env,
  link: { token_hash: string; user_id: string; purpose: "verify" | "reset" },
  now: number,
) {
  const { token_hash, user_id, purpose } = link;
  return [
    guard(
      env,
      sql`EXISTS (SELECT 1 FROM ${emailTokens} WHERE ${emailTokens.token_hash} = ${token_hash} AND ${emailTokens.used_at} IS NULL)`,
    ),
    // With it every other link of its kind: the newest word counts.
    database(env)
      .update(emailTokens)
      .set({ used_at: now })
      .where(
        and(eq(emailTokens.user_id, user_id), eq(emailTokens.purpose, purpose), isNull(emailTokens.used_at)),
      ),
  ] as const;
}

/** Who acts through a link: the person it was mailed to. */
export function linkActor(
  request: Request,
  user: Pick<typeof users.$inferSelect, "id" | "name" | "msp_id" | "role">,
): Actor {
  const { id, name, msp_id, role } = user;
  return { user_id: id, name, msp_id, role, companies: [], via: { ip: sourceIp(request) } };
}
