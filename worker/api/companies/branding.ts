import { ok } from "../../../core/errors.ts";
import { etagOf } from "../../../core/etag.ts";
import { brandInputSchema, brandingSchema } from "../../../core/settings.ts";
import { brandingView } from "../../branding.ts";
import { companyStub } from "../../company-stub.ts";
import { loadCompany } from "../../db/companies.ts";
import { idParams, type Route, route } from "../route.ts";

const path = "/api/companies/{id}/branding";

const read = route({
  method: "GET",
  path,
  summary: "A company's brand on its portal, and the MSP's where it has none of its own",
  access: "brand.read",
  params: idParams,
  success: { status: 200, description: "the brand", schema: brandingSchema },
  async handler({ env, session: { actor }, params, setHeader }) {
    const row = await loadCompany(env, actor, params.id);
    if (!row.ok) return row;
    const brand = await companyStub(env, row.value.id).branding(actor);
    if (!brand.ok) return brand;
    setHeader("etag", etagOf(brand.value.branding));
    return ok(await brandingView(env, actor.msp_id, row.value.id, brand.value));
  },
});

const write = route({
  method: "PUT",
  path,
  summary: "Set a company's colour and the name its portal goes by; null: as the MSP's",
  access: "company.settings",
  audit: ["company.branding_changed"],
  params: idParams,
  body: brandInputSchema,
  success: { status: 200, description: "the brand as saved", schema: brandingSchema },
  errors: ["precondition_failed"],
  async handler({ env, request, session: { actor }, params, body, setHeader }) {
    const row = await loadCompany(env, actor, params.id);
    if (!row.ok) return row;
    const object = companyStub(env, row.value.id);
    const etag = request.headers.get("if-match");
    const guard = etag === null ? {} : { if_match: { group: "branding" as const, etag } };
    const saved = await object.update(actor, { brand: body, ...guard });
    if (!saved.ok) return saved;
    const brand = await object.branding(actor);
    if (!brand.ok) return brand;
    setHeader("etag", etagOf(brand.value.branding));
    return ok(await brandingView(env, actor.msp_id, row.value.id, brand.value));
  },
});

export const routes: Route[] = [read, write];
