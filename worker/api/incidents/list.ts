import * as z from "zod";
import { incidentPageSchema } from "../../../core/company.ts";
import { ok } from "../../../core/errors.ts";
import { INCIDENT_STATUSES } from "../../../core/incident.ts";
import { SEVERITIES, type Severity, severityRank } from "../../../core/severity.ts";
import { loadCompany } from "../../db/companies.ts";
import { ALL_RANKS, ALL_STATUSES, OPEN_STATUSES } from "../../incident-list/filter.ts";
import { SORTS } from "../../incident-list/order.ts";
import { incidentPage } from "../../incident-list/page.ts";
import { decodeCursor, encodeCursor, pageQuery, timeQuery } from "../cursor.ts";
import { asList, listOf } from "../list-of.ts";
import { route as define } from "../route.ts";

const cursorSchema = z.object({
  sort: z.enum(SORTS),
  asof: z.number().int(),
  k: z.number(),
  t: z.number().int(),
  seq: z.number().int(),
});

function statuses(asked: string | undefined): string[] {
  const list = asList(asked);
  if (!list) return ALL_STATUSES;
  return [...new Set(list.flatMap((status) => (status === "open" ? OPEN_STATUSES : [status])))];
}

export const route = define({
  method: "GET",
  path: "/api/incidents",
  summary: "Incidents you may see",
  access: "incidents.read",
  query: z.object({
    company_id: z.string().optional(),
    status: listOf([...INCIDENT_STATUSES, "open"]).optional(),
    severity: listOf(SEVERITIES).optional(),
    assigned_to: z.string().max(60).optional().describe("a person's id, `me`, or `nobody`"),
    escalated: z.enum(["true", "false"]).optional(),
    q: z.string().max(200).optional().describe("words of title, assets or signature, as prefixes"),
    from: timeQuery.optional().describe("created at or after"),
    to: timeQuery.optional().describe("created at or before"),
    sort: z.enum(SORTS).default("priority").describe("highest or newest first"),
    ...pageQuery(200, 50),
  }),
  success: { status: 200, description: "one page", schema: incidentPageSchema },
  errors: ["not_found"],
  async handler({ env, session: { actor }, query, now }) {
    if (query.company_id !== undefined) {
      const company = await loadCompany(env, actor, query.company_id);
      if (!company.ok) return company;
    }
    const cursor = decodeCursor(query.cursor, cursorSchema);
    if (!cursor.ok) return cursor;
    // A cursor of another order begins anew: its place means nothing here.
    const after = cursor.value?.sort === query.sort ? cursor.value : null;
    const scope = actor.companies === "all" ? null : actor.companies;
    const asof = after?.asof ?? now;
    const page = await incidentPage(
      env.DB,
      {
        msp_id: actor.msp_id,
        company_ids: query.company_id === undefined ? scope : [query.company_id],
        statuses: statuses(query.status),
        severity_ranks: asList(query.severity)?.map((name) => severityRank(name as Severity)) ?? ALL_RANKS,
        q: query.q?.trim() ? query.q : null,
        ...(query.assigned_to !== undefined && {
          assigned_to: query.assigned_to === "me" ? actor.user_id : query.assigned_to,
        }),
        ...(query.escalated !== undefined && { escalated: query.escalated === "true" }),
        from: query.from === undefined ? null : Date.parse(query.from),
        to: query.to === undefined ? null : Date.parse(query.to),
        sort: query.sort,
        asof,
        after: after ? { k: after.k, t: after.t, seq: after.seq } : null,
        limit: query.limit,
      },
      now,
    );
    return ok({
      items: page.items,
      next_cursor: page.last ? encodeCursor({ sort: query.sort, asof, ...page.last }) : null,
    });
  },
});
