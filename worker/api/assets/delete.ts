import { notFound } from "../../company-stub.ts";
import { route as define } from "../route.ts";
import { assetParams, assetsOf } from "./of-company.ts";

export const route = define({
  method: "DELETE",
  path: "/api/companies/{id}/assets/{asset_id}",
  summary: "Forget an asset on which nothing fires; an alert of it would discover it anew",
  access: "assets.write",
  audit: ["asset.deleted"],
  params: assetParams,
  success: { status: 204, description: "forgotten" },
  errors: ["conflict"],
  async handler({ env, session: { actor }, params }) {
    return (await assetsOf(env, params.id)?.deleteAsset(actor, params.asset_id)) ?? notFound();
  },
});
