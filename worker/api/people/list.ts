import { and, asc, eq, sql } from "drizzle-orm";
import * as z from "zod";
import { ok } from "../../../core/errors.ts";
import { personSchema, seesPerson } from "../../../core/people.ts";
import { database } from "../../db/database.ts";
import { users } from "../../db/schema.ts";
import { decodeCursor, encodeCursor, pageQuery } from "../cursor.ts";
import { route as define } from "../route.ts";
import { employerOfActor, type FoundPerson, PERSON_FIELDS, personItem, placedOf } from "./placed.ts";

const position = z.object({ name: z.string(), id: z.string() });
const BATCH = 500;

/** A page holds whom the caller may see; rows of others are read past, not counted. */
export const route = define({
  method: "GET",
  path: "/api/people",
  summary: "Colleagues whom the caller may see, by name",
  access: "people.read",
  query: z.object(pageQuery(500, 200)),
  success: {
    status: 200,
    description: "a page of people",
    schema: z.object({ items: z.array(personSchema), next_cursor: z.string().nullable() }),
  },
  async handler({ env, session: { actor }, query }) {
    const cursor = decodeCursor(query.cursor, position);
    if (!cursor.ok) return cursor;
    const employer = await employerOfActor(env, actor);
    const seen: FoundPerson[] = [];
    let after = cursor.value;
    for (;;) {
      const rows = await database(env)
        .select(PERSON_FIELDS)
        .from(users)
        .where(
          and(
            eq(users.msp_id, actor.msp_id),
            after ? sql`(${users.name}, ${users.id}) > (${after.name}, ${after.id})` : undefined,
          ),
        )
        .orderBy(asc(users.name), asc(users.id))
        .limit(BATCH);
      seen.push(...rows.filter((row) => seesPerson(actor, employer, placedOf(row))));
      const last = rows.at(-1)?.user;
      if (rows.length < BATCH || !last || seen.length > query.limit) break;
      after = { name: last.name, id: last.id };
    }
    const items = seen.slice(0, query.limit);
    const last = seen.length > query.limit ? items.at(-1)?.user : undefined;
    return ok({
      items: items.map((row) => personItem(actor, row)),
      next_cursor: last ? encodeCursor({ name: last.name, id: last.id }) : null,
    });
  },
});
