import { and, eq } from "drizzle-orm";
import * as z from "zod";
import { brandContrast, parseHex } from "../../../core/contrast.ts";
import { ok } from "../../../core/errors.ts";
import { portalIncident, portalSchema } from "../../../core/portal.ts";
import { portalStatus } from "../../../core/portal-status.ts";
import { brandingView } from "../../branding.ts";
import { companyStub } from "../../company-stub.ts";
import { database } from "../../db/database.ts";
import { companies, msps, userCompanies } from "../../db/schema.ts";
import { ALL_RANKS, OPEN_STATUSES } from "../../incident-list/filter.ts";
import { incidentPage } from "../../incident-list/page.ts";
import { route as define } from "../route.ts";
import { portalCompany } from "./company.ts";

const OPEN_LISTED = 200;
const MONTH_MS = 30 * 86_400_000;

const COUNTS = `SELECT
  SUM(status <> 'resolved') AS open_total,
  SUM(status = 'resolved' AND resolved_at >= ?3 AND data ->> '$.merged_into' IS NULL) AS resolved
FROM incidents WHERE company_id = ?1 AND msp_id = ?2`;

export const route = define({
  method: "GET",
  path: "/api/portal",
  summary: "The client's portal: how the company is, in one sentence, and what is open",
  access: "portal.read",
  query: z.object({ company_id: z.string().optional().describe("one of the caller's; else their first") }),
  success: { status: 200, description: "the portal", schema: portalSchema },
  errors: ["not_found"],
  async handler({ env, session: { actor }, query, now }) {
    const found = await portalCompany(env, actor, query.company_id);
    if (!found.ok) return found;
    const { id, name, time_zone } = found.value;
    const brand = await companyStub(env, id).branding(actor);
    if (!brand.ok) return brand;
    const db = database(env);
    const [view, msp, known, page, counts] = await Promise.all([
      brandingView(env, actor.msp_id, id, brand.value),
      db.select({ name: msps.name }).from(msps).where(eq(msps.id, actor.msp_id)).get(),
      db
        .select({ id: companies.id, name: companies.name })
        .from(userCompanies)
        .innerJoin(companies, eq(companies.id, userCompanies.company_id))
        .where(and(eq(userCompanies.user_id, actor.user_id), eq(companies.msp_id, actor.msp_id)))
        .orderBy(companies.name),
      incidentPage(
        env.DB,
        {
          msp_id: actor.msp_id,
          company_ids: [id],
          statuses: OPEN_STATUSES,
          severity_ranks: ALL_RANKS,
          q: null,
          from: null,
          to: null,
          sort: "severity",
          asof: now,
          after: null,
          limit: OPEN_LISTED,
        },
        now,
      ),
      env.DB.prepare(COUNTS)
        .bind(id, actor.msp_id, now - MONTH_MS)
        .first<{ open_total: number | null; resolved: number | null }>(),
    ]);
    const open = page.items.map(portalIncident);
    const open_total = Math.max(counts?.open_total ?? 0, open.length);
    const color = parseHex(view.effective.color ?? "");
    return ok({
      companies: known,
      company: { id, name, time_zone },
      provider: msp?.name ?? "",
      brand: { ...view.effective, contrast: color && brandContrast(color) },
      status: portalStatus(open, open_total, now, time_zone),
      open,
      open_total,
      resolved_30_days: counts?.resolved ?? 0,
      sla: null,
    });
  },
});
