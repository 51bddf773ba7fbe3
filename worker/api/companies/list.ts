import * as z from "zod";
import { companySchema } from "../../../core/company.ts";
import { ok } from "../../../core/errors.ts";
import { withFigures } from "../../company-figures.ts";
import type { CompanyRow } from "../../db/schema.ts";
import { decodeCursor, encodeCursor, pageQuery } from "../cursor.ts";
import { route as define } from "../route.ts";

const positionSchema = z.tuple([z.string(), z.string()]);
const escapeLike = (text: string) => text.replace(/[\\%_]/g, "\\$&");
/** The database takes patterns of at most 50 bytes. */
const Q_MAX = 40;

function fitPattern(q: string): string {
  let text = q;
  while (new TextEncoder().encode(`%${escapeLike(text)}%`).length > 50)
    text = [...text].slice(0, -1).join("");
  return `%${escapeLike(text)}%`;
}

/** By name, then id; `q` looks for its characters anywhere in the name. */
export const route = define({
  method: "GET",
  path: "/api/companies",
  summary: "Companies you may see",
  access: "company.list",
  query: z.object({ q: z.string().trim().max(Q_MAX).optional(), ...pageQuery(200, 50) }),
  success: {
    status: 200,
    description: "one page, by name",
    schema: z.object({ items: z.array(companySchema), next_cursor: z.string().nullable() }),
  },
  async handler({ env, session: { actor }, query, origin, now }) {
    const after = decodeCursor(query.cursor, positionSchema);
    if (!after.ok) return after;
    const { results } = await env.DB.prepare(
      `SELECT * FROM companies WHERE msp_id = ?1
       AND (?2 IS NULL OR id IN (SELECT value FROM json_each(?2)))
       AND (?3 IS NULL OR name LIKE ?3 ESCAPE '\\')
       AND (?4 IS NULL OR (name COLLATE NOCASE, id) > (?4, ?5))
       ORDER BY name COLLATE NOCASE, id LIMIT ?6`,
    )
      .bind(
        actor.msp_id,
        actor.companies === "all" ? null : JSON.stringify(actor.companies),
        query.q ? fitPattern(query.q) : null,
        after.value?.[0] ?? null,
        after.value?.[1] ?? null,
        query.limit + 1,
      )
      .all<CompanyRow>();
    const rows = results.slice(0, query.limit);
    const last = results.length > query.limit ? rows.at(-1) : undefined;
    return ok({
      items: await withFigures(env, rows, origin, now),
      next_cursor: last ? encodeCursor([last.name, last.id]) : null,
    });
  },
});
