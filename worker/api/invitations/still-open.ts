import { sql } from "drizzle-orm";
import { guard } from "../../db/guard.ts";
import { invitations } from "../../db/schema.ts";
import type { Env } from "../../env.ts";

/** For a batch: fails it once the invitation was accepted or taken back, or its link replaced where one is given. */
export function stillOpen(env: Env, id: string, tokenHash?: string) {
  const { id: of, accepted_at, revoked_at, token_hash } = invitations;
  return guard(
    env,
    sql`EXISTS (SELECT 1 FROM ${invitations} WHERE ${of} = ${id} AND ${accepted_at} IS NULL
      AND ${revoked_at} IS NULL AND ${token_hash} = ${tokenHash ?? sql`${token_hash}`})`,
  );
}
