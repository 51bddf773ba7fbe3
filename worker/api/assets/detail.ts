import { assetDetailSchema } from "../../../core/asset-schema.ts";
import { notFound } from "../../company-stub.ts";
import { route as define } from "../route.ts";
import { assetParams, assetsOf } from "./of-company.ts";

export const route = define({
  method: "GET",
  path: "/api/companies/{id}/assets/{asset_id}",
  summary: "One asset, what it needs, what needs it, and what fires on it now",
  access: "assets.read",
  params: assetParams,
  success: { status: 200, description: "the asset", schema: assetDetailSchema },
  async handler({ env, session: { actor }, params }) {
    return (await assetsOf(env, params.id)?.asset(actor, params.asset_id)) ?? notFound();
  },
});
