import { and, desc, eq, isNull } from "drizzle-orm";
import { ok } from "../../../core/errors.ts";
import { tokenSchema, wholeList } from "../../../core/sign-in.ts";
import { database } from "../../db/database.ts";
import { personalTokens } from "../../db/schema.ts";
import { route as define } from "../route.ts";
import { tokenItem } from "./token-item.ts";

export const route = define({
  method: "GET",
  path: "/api/me/tokens",
  summary: "One's own personal access tokens",
  access: "own.tokens",
  success: { status: 200, description: "newest first", schema: wholeList(tokenSchema) },
  async handler({ env, session }) {
    const { user_id } = session.actor;
    const rows = await database(env)
      .select()
      .from(personalTokens)
      .where(and(eq(personalTokens.user_id, user_id), isNull(personalTokens.revoked_at)))
      .orderBy(desc(personalTokens.created_at), personalTokens.id);
    return ok({ items: rows.map(tokenItem), next_cursor: null });
  },
});
