import { assetSchema, createAssetSchema } from "../../../core/asset-schema.ts";
import { notFound } from "../../company-stub.ts";
import { route as define, idParams } from "../route.ts";
import { assetsOf } from "./of-company.ts";

export const route = define({
  method: "POST",
  path: "/api/companies/{id}/assets",
  summary: "Add an asset; alerts that name it in any of its ways are its own from then on",
  access: "assets.write",
  audit: ["asset.created"],
  params: idParams,
  body: createAssetSchema,
  success: { status: 201, description: "the asset", schema: assetSchema },
  errors: ["conflict"],
  async handler({ env, session: { actor }, params, body }) {
    return (await assetsOf(env, params.id)?.createAsset(actor, body)) ?? notFound();
  },
});
