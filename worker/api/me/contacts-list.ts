import { asc, eq } from "drizzle-orm";
import * as z from "zod";
import { ok } from "../../../core/errors.ts";
import { contactSchema } from "../../../core/profile.ts";
import { database } from "../../db/database.ts";
import { contacts } from "../../db/schema.ts";
import { route as define } from "../route.ts";
import { contactItem } from "./contact-item.ts";

export const route = define({
  method: "GET",
  path: "/api/me/contacts",
  summary: "Where else one can be reached",
  access: "own.read",
  success: {
    status: 200,
    description: "all of them, oldest first",
    schema: z.object({ items: z.array(contactSchema), next_cursor: z.null() }),
  },
  async handler({ env, session: { actor } }) {
    const rows = await database(env)
      .select()
      .from(contacts)
      .where(eq(contacts.user_id, actor.user_id))
      .orderBy(asc(contacts.created_at), asc(contacts.id));
    return ok({ items: rows.map(contactItem), next_cursor: null });
  },
});
