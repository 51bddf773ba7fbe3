import { assetSchema, patchAssetSchema } from "../../../core/asset-schema.ts";
import { notFound } from "../../company-stub.ts";
import { route as define } from "../route.ts";
import { assetParams, assetsOf } from "./of-company.ts";

export const route = define({
  method: "PATCH",
  path: "/api/companies/{id}/assets/{asset_id}",
  summary: "Change an asset; a former name stays an alias until it is taken off by itself",
  access: "assets.write",
  audit: ["asset.changed"],
  params: assetParams,
  body: patchAssetSchema,
  success: { status: 200, description: "the asset as it is now", schema: assetSchema },
  errors: ["conflict"],
  async handler({ env, session: { actor }, params, body }) {
    return (await assetsOf(env, params.id)?.changeAsset(actor, params.asset_id, body)) ?? notFound();
  },
});
