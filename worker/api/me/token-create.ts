import { and, count, eq, isNull } from "drizzle-orm";
import { fail, ok } from "../../../core/errors.ts";
import { createTokenSchema, tokenCreatedSchema } from "../../../core/sign-in.ts";
import { newPersonalToken, tokenHash } from "../../auth/personal-token.ts";
import { database } from "../../db/database.ts";
import { personalTokens } from "../../db/schema.ts";
import { newId } from "../../new-id.ts";
import { route as define } from "../route.ts";
import { tokenItem } from "./token-item.ts";

const MAX_TOKENS = 50;

/** The token is shown once: what is kept is its hash. */
export const route = define({
  method: "POST",
  path: "/api/me/tokens",
  summary: "Make a personal access token",
  access: "own.tokens",
  audit: ["token.created"],
  body: createTokenSchema,
  success: { status: 201, description: "made; the token is shown once", schema: tokenCreatedSchema },
  errors: ["conflict"],
  async handler({ env, session, body, now, audit }) {
    const expires_at = body.expires_at == null ? null : Date.parse(body.expires_at);
    if (expires_at !== null && expires_at <= now)
      return fail("validation_failed", "The token would have ended already.", {
        fields: { expires_at: "must lie ahead" },
      });
    const { user_id, msp_id } = session.actor;
    const db = database(env);
    const own = await db
      .select({ tokens: count() })
      .from(personalTokens)
      .where(and(eq(personalTokens.user_id, user_id), isNull(personalTokens.revoked_at)))
      .get();
    if ((own?.tokens ?? 0) >= MAX_TOKENS)
      return fail("conflict", `You have ${MAX_TOKENS} tokens. Revoke one that you no longer need.`);
    const token = newPersonalToken();
    const row = {
      id: newId("pat"),
      msp_id,
      user_id,
      name: body.name,
      token_hash: tokenHash(token),
      scopes: [...new Set(body.scopes)],
      created_at: now,
      expires_at,
      last_used_at: null,
      revoked_at: null,
    };
    const item = tokenItem(row);
    await db.batch([
      db.insert(personalTokens).values(row),
      audit({
        action: "token.created",
        company_id: null,
        target: { type: "token", id: row.id, name: row.name },
        after: { scopes: item.scopes, expires_at: item.expires_at },
      }),
    ]);
    return ok({ ...item, token });
  },
});
