import * as z from "zod";
import { ASSET_TYPES, ENVIRONMENTS } from "../../../core/asset.ts";
import { assetPageSchema, HEALTHS, type Health } from "../../../core/asset-schema.ts";
import { ASSET_SORTS, type AssetFilter } from "../../../core/asset-view.ts";
import { ok } from "../../../core/errors.ts";
import { CSV_TYPE, exportAssets } from "../../assets/export.ts";
import { notFound } from "../../company-stub.ts";
import { decodeCursor, encodeCursor, pageQuery } from "../cursor.ts";
import { asList, listOf } from "../list-of.ts";
import { route as define, idParams } from "../route.ts";
import { assetsOf } from "./of-company.ts";

const positionSchema = z.object({
  health: z.enum(HEALTHS),
  name: z.string().max(300),
  id: z.string().max(60),
});

export const route = define({
  method: "GET",
  path: "/api/companies/{id}/assets",
  summary: "A company's assets; with `format=csv` all that the filter finds, as a file",
  access: "assets.read",
  params: idParams,
  query: z.object({
    q: z.string().trim().max(200).optional().describe("words in name, address, ids, system or tags"),
    health: listOf(HEALTHS).optional(),
    critical: z.enum(["true", "false"]).optional(),
    environment: listOf(ENVIRONMENTS).optional(),
    type: listOf(ASSET_TYPES).optional(),
    tag: z.string().trim().max(100).optional(),
    sort: z.enum(ASSET_SORTS).default("health").describe("health: the worst first"),
    format: z.enum(["csv"]).optional(),
    ...pageQuery(200, 50),
  }),
  success: { status: 200, description: "one page", schema: assetPageSchema, files: [CSV_TYPE] },
  async handler({ env, session: { actor }, params, query }) {
    const company = assetsOf(env, params.id);
    if (!company) return notFound();
    const filter: AssetFilter = {
      q: query.q || undefined,
      health: (asList(query.health) as Health[] | null) ?? undefined,
      critical: query.critical === undefined ? undefined : query.critical === "true",
      environment: asList(query.environment) ?? undefined,
      type: asList(query.type) ?? undefined,
      tag: query.tag || undefined,
    };
    if (query.format) return exportAssets(company, actor, filter, query.sort);
    const after = decodeCursor(query.cursor, positionSchema);
    if (!after.ok) return after;
    const page = await company.assets(actor, {
      ...filter,
      sort: query.sort,
      limit: query.limit,
      after: after.value,
    });
    if (!page.ok) return page;
    const { items, total, next } = page.value;
    return ok({ items, total, next_cursor: next && encodeCursor(next) });
  },
});
