import * as z from "zod";
import { ok } from "../../../core/errors.ts";
import { portalIncident, portalPageSchema } from "../../../core/portal.ts";
import { ALL_RANKS, ALL_STATUSES, OPEN_STATUSES } from "../../incident-list/filter.ts";
import { incidentPage } from "../../incident-list/page.ts";
import { decodeCursor, encodeCursor, pageQuery, timeQuery } from "../cursor.ts";
import { route as define } from "../route.ts";
import { portalCompany } from "./company.ts";

const STATUSES = { open: OPEN_STATUSES, resolved: ["resolved"], all: ALL_STATUSES };
const cursorSchema = z.object({ k: z.number(), t: z.number().int(), seq: z.number().int() });

export const route = define({
  method: "GET",
  path: "/api/portal/incidents",
  summary: "A company's incidents as its clients see them, newest first",
  access: "portal.read",
  query: z.object({
    company_id: z.string().optional(),
    status: z.enum(["open", "resolved", "all"]).default("all"),
    from: timeQuery.optional().describe("created at or after"),
    to: timeQuery.optional().describe("created at or before"),
    ...pageQuery(200, 50),
  }),
  success: { status: 200, description: "one page", schema: portalPageSchema },
  errors: ["not_found"],
  async handler({ env, session: { actor }, query, now }) {
    const found = await portalCompany(env, actor, query.company_id);
    if (!found.ok) return found;
    const after = decodeCursor(query.cursor, cursorSchema);
    if (!after.ok) return after;
    const page = await incidentPage(
      env.DB,
      {
        msp_id: actor.msp_id,
        company_ids: [found.value.id],
        statuses: STATUSES[query.status],
        severity_ranks: ALL_RANKS,
        q: null,
        from: query.from === undefined ? null : Date.parse(query.from),
        to: query.to === undefined ? null : Date.parse(query.to),
        sort: "created",
        asof: now,
        after: after.value,
        limit: query.limit,
      },
      now,
    );
    return ok({
      items: page.items.map(portalIncident),
      next_cursor: page.last ? encodeCursor(page.last) : null,
    });
  },
});
