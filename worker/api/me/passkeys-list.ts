import { desc, eq } from "drizzle-orm";
import { ok } from "../../../core/errors.ts";
import { passkeySchema, wholeList } from "../../../core/sign-in.ts";
import { database } from "../../db/database.ts";
import { passkeys } from "../../db/schema.ts";
import { route as define } from "../route.ts";
import { passkeyItem } from "./passkey-item.ts";

export const route = define({
  method: "GET",
  path: "/api/me/passkeys",
  summary: "One's own passkeys",
  access: "own.second_factor",
  success: { status: 200, description: "newest first", schema: wholeList(passkeySchema) },
  async handler({ env, session }) {
    const rows = await database(env)
      .select()
      .from(passkeys)
      .where(eq(passkeys.user_id, session.actor.user_id))
      .orderBy(desc(passkeys.created_at), passkeys.id);
    return ok({ items: rows.map(passkeyItem), next_cursor: null });
  },
});
