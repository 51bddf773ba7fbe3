import type { Passkey } from "../../../core/sign-in.ts";
import type { passkeys } from "../../db/schema.ts";

/** A passkey as its owner sees it. */
export function passkeyItem(row: typeof passkeys.$inferSelect): Passkey {
  return {
    id: row.id,
    name: row.name,
    created_at: new Date(row.created_at).toISOString(),
    last_used_at: row.last_used_at === null ? null : new Date(row.last_used_at).toISOString(),
    backed_up: row.backed_up,
  };
}
