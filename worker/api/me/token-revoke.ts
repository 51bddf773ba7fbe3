import { and, eq, isNull } from "drizzle-orm";
import { ok } from "../../../core/errors.ts";
import { notFound } from "../../company-stub.ts";
import { database } from "../../db/database.ts";
import { personalTokens } from "../../db/schema.ts";
import { route as define, idParams } from "../route.ts";

export const route = define({
  method: "DELETE",
  path: "/api/me/tokens/{id}",
  summary: "Revoke a personal access token",
  access: "own.tokens",
  audit: ["token.revoked"],
  params: idParams,
  success: { status: 204, description: "revoked" },
  async handler({ env, session, params, now, audit }) {
    const db = database(env);
    const own = and(
      eq(personalTokens.id, params.id),
      eq(personalTokens.user_id, session.actor.user_id),
      isNull(personalTokens.revoked_at),
    );
    const row = await db
      .select({ id: personalTokens.id, name: personalTokens.name })
      .from(personalTokens)
      .where(own)
      .get();
    if (!row) return notFound();
    await db.batch([
      db.update(personalTokens).set({ revoked_at: now }).where(own),
      audit({
        action: "token.revoked",
        company_id: null,
        target: { type: "token", id: row.id, name: row.name },
      }),
    ]);
    return ok(null);
  },
});
