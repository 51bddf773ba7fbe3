import * as z from "zod";
import { ALERT_STATUSES, alertSchema } from "../../../core/alert.ts";
import { ok } from "../../../core/errors.ts";
import { isCompanyId, parseMemberId } from "../../../core/ids.ts";
import { SEVERITIES } from "../../../core/severity.ts";
import { companyStub, hubStub, notFound } from "../../company-stub.ts";
import { decodeCursor, pageQuery, timeQuery } from "../cursor.ts";
import { route as define } from "../route.ts";
import { RECENT_MAX, recentCursor, recentPage } from "./recent.ts";

const time = (iso: string | undefined) => (iso === undefined ? undefined : Date.parse(iso));

/** A company's or incident's alerts from its object; without either, the MSP's newest from the hub. */
export const route = define({
  method: "GET",
  path: "/api/alerts",
  summary: "Alerts, newest first; without company_id or incident_id the MSP's newest 500",
  access: "alerts.read",
  query: z.object({
    company_id: z.string().optional(),
    incident_id: z.string().optional(),
    status: z.enum(ALERT_STATUSES).optional(),
    severity: z.enum(SEVERITIES).optional(),
    tool: z.string().max(80).optional(),
    q: z.string().max(200).optional(),
    from: timeQuery.optional().describe("received at or after"),
    to: timeQuery.optional().describe("received at or before"),
    ...pageQuery(500, 50),
  }),
  success: {
    status: 200,
    description: "one page",
    schema: z.object({ items: z.array(alertSchema), next_cursor: z.string().nullable() }),
  },
  errors: ["not_found"],
  async handler({ env, session: { actor }, query }) {
    const { company_id, incident_id, cursor, q, ...rest } = query;
    const words = q?.trim() ? q.trim() : undefined;
    const asked = { ...rest, q: words, from: time(query.from), to: time(query.to) };
    if (incident_id !== undefined) {
      const member = parseMemberId(incident_id);
      const elsewhere = company_id !== undefined && member?.companyId !== company_id;
      if (member?.kind !== "incident" || elsewhere) return notFound();
      return companyStub(env, member.companyId).alerts(actor, { ...asked, incident_id, cursor });
    }
    if (company_id !== undefined) {
      if (!isCompanyId(company_id)) return notFound();
      return companyStub(env, company_id).alerts(actor, { ...asked, cursor });
    }
    const after = decodeCursor(cursor, recentCursor);
    if (!after.ok) return after;
    const recent = await hubStub(env, actor.msp_id).recentAlerts(actor, RECENT_MAX);
    return recent.ok ? ok(recentPage(recent.value, asked, after.value)) : recent;
  },
});
