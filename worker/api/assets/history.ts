import * as z from "zod";
import { assetAlertsSchema, assetIncidentsSchema } from "../../../core/asset-schema.ts";
import { ok, type Result } from "../../../core/errors.ts";
import type { AssetHistory } from "../../../durable-objects/rpc.ts";
import { notFound } from "../../company-stub.ts";
import { decodeCursor, encodeCursor, pageQuery } from "../cursor.ts";
import { route as define } from "../route.ts";
import { assetParams, assetsOf } from "./of-company.ts";

const seqSchema = z.number().int().positive();
const query = z.object(pageQuery(200, 25));

type Read<T> = (before: number, limit: number) => Promise<Result<AssetHistory<T>>> | undefined;

async function page<T>(asked: z.output<typeof query>, read: Read<T>) {
  const before = decodeCursor(asked.cursor, seqSchema);
  if (!before.ok) return before;
  const found = await read(before.value ?? Number.MAX_SAFE_INTEGER, asked.limit);
  if (!found?.ok) return found ?? notFound();
  const { items, next } = found.value;
  return ok({ items, next_cursor: next === null ? null : encodeCursor(next) });
}

export const alerts = define({
  method: "GET",
  path: "/api/companies/{id}/assets/{asset_id}/alerts",
  summary: "Every alert of an asset, newest first",
  access: "assets.read",
  params: assetParams,
  query,
  success: { status: 200, description: "one page", schema: assetAlertsSchema },
  async handler({ env, session: { actor }, params, query: asked }) {
    const company = assetsOf(env, params.id);
    return page(asked, (before, limit) => company?.assetAlerts(actor, params.asset_id, before, limit));
  },
});

export const incidents = define({
  method: "GET",
  path: "/api/companies/{id}/assets/{asset_id}/incidents",
  summary: "The incidents an asset was part of, newest first",
  access: "assets.read",
  params: assetParams,
  query,
  success: { status: 200, description: "one page", schema: assetIncidentsSchema },
  async handler({ env, session: { actor }, params, query: asked }) {
    const company = assetsOf(env, params.id);
    return page(asked, (before, limit) => company?.assetIncidents(actor, params.asset_id, before, limit));
  },
});
