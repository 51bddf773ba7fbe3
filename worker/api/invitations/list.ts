import { and, desc, eq, isNull, sql } from "drizzle-orm";
import * as z from "zod";
import { ok } from "../../../core/errors.ts";
import { invitationSchema } from "../../../core/people.ts";
import { database } from "../../db/database.ts";
import { invitations, users } from "../../db/schema.ts";
import { decodeCursor, encodeCursor, pageQuery } from "../cursor.ts";
import { route as define } from "../route.ts";
import { invitationItem } from "./item.ts";

const position = z.object({ at: z.number(), id: z.string() });

export const route = define({
  method: "GET",
  path: "/api/invitations",
  summary: "Invitations that wait for an answer, newest first; those too old to work included",
  access: "people.manage",
  query: z.object(pageQuery(200, 100)),
  success: {
    status: 200,
    description: "a page of them",
    schema: z.object({ items: z.array(invitationSchema), next_cursor: z.string().nullable() }),
  },
  async handler({ env, session: { actor }, query, now }) {
    const after = decodeCursor(query.cursor, position);
    if (!after.ok) return after;
    const own =
      actor.companies === "all"
        ? undefined
        : // As seesInvitation: about the actor's companies and about no other.
          sql`json_array_length(${invitations.company_ids}) > 0 AND NOT EXISTS (
            SELECT 1 FROM json_each(${invitations.company_ids}) c
            WHERE c.value NOT IN (SELECT value FROM json_each(${JSON.stringify(actor.companies)})))`;
    const rows = await database(env)
      .select({ row: invitations, inviter: users.name })
      .from(invitations)
      .leftJoin(users, eq(users.id, invitations.invited_by))
      .where(
        and(
          eq(invitations.msp_id, actor.msp_id),
          isNull(invitations.accepted_at),
          isNull(invitations.revoked_at),
          own,
          after.value
            ? sql`(${invitations.created_at}, ${invitations.id}) < (${after.value.at}, ${after.value.id})`
            : undefined,
        ),
      )
      .orderBy(desc(invitations.created_at), desc(invitations.id))
      .limit(query.limit + 1);
    const items = rows.slice(0, query.limit);
    const last = rows.length > query.limit ? items.at(-1)?.row : undefined;
    return ok({
      items: items.map(({ row, inviter }) => invitationItem(row, inviter, now)),
      next_cursor: last ? encodeCursor({ at: last.created_at, id: last.id }) : null,
    });
  },
});
