import type { Actor } from "../../core/actor.ts";
import type { Asset } from "../../core/asset-schema.ts";
import type { AssetFilter, AssetPosition, AssetSort } from "../../core/asset-view.ts";
import { ok, type Result } from "../../core/errors.ts";
import type { CompanyRpc } from "../../durable-objects/rpc.ts";
import { assetsToCsv } from "./csv-out.ts";

export const CSV_TYPE = "text/csv";
const PAGE = 2000;

/** Every asset the filter finds, page by page, so that the object has time for others in between. */
export async function allAssets(
  company: CompanyRpc,
  actor: Actor,
  filter: AssetFilter,
  sort: AssetSort = "name",
): Promise<Result<Asset[]>> {
  const all: Asset[] = [];
  for (let after: AssetPosition | null = null; ; ) {
    const page: Awaited<ReturnType<CompanyRpc["assets"]>> = await company.assets(actor, {
      ...filter,
      sort,
      limit: PAGE,
      after,
    });
    if (!page.ok) return page;
    all.push(...page.value.items);
    after = page.value.next;
    if (!after) return ok(all);
  }
}

/** As a file; dependencies are named, also those that the filter leaves out. */
export async function exportAssets(
  company: CompanyRpc,
  actor: Actor,
  filter: AssetFilter,
  sort: AssetSort,
): Promise<Result<Response>> {
  const found = await allAssets(company, actor, filter, sort);
  if (!found.ok) return found;
  const names = new Map(found.value.map(({ id, name }) => [id, name]));
  if (found.value.some(({ depends_on }) => depends_on.some((id) => !names.has(id)))) {
    const rest = await allAssets(company, actor, {});
    if (!rest.ok) return rest;
    for (const { id, name } of rest.value) names.set(id, name);
  }
  const headers = {
    "content-type": `${CSV_TYPE}; charset=utf-8`,
    "content-disposition": 'attachment; filename="assets.csv"',
  };
  return ok(
    new Response(
      assetsToCsv(found.value, (id) => names.get(id) ?? ""),
      { headers },
    ),
  );
}
