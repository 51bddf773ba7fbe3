import type { PersonalToken } from "../../../core/sign-in.ts";
import type { personalTokens } from "../../db/schema.ts";

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());

/** A token as its owner sees it, without the token. */
export function tokenItem(row: typeof personalTokens.$inferSelect): PersonalToken {
  return {
    id: row.id,
    name: row.name,
    scopes: row.scopes,
    created_at: new Date(row.created_at).toISOString(),
    expires_at: iso(row.expires_at),
    last_used_at: iso(row.last_used_at),
  };
}
