import { eq } from "drizzle-orm";
import { companyDetailSchema, updateCompanySchema } from "../../../core/company.ts";
import { ok } from "../../../core/errors.ts";
import { companyDetail } from "../../company-detail.ts";
import { companyStub } from "../../company-stub.ts";
import { loadCompany } from "../../db/companies.ts";
import { database } from "../../db/database.ts";
import { companies } from "../../db/schema.ts";
import { route as define, idParams } from "../route.ts";

/** The object first, then the lists; the same request again mends a half that failed. */
export const route = define({
  method: "PATCH",
  path: "/api/companies/{id}",
  summary: "Change a company's name, time zone or critical assets",
  access: "company.settings",
  audit: ["company.settings_changed"],
  params: idParams,
  body: updateCompanySchema,
  success: { status: 200, description: "the company as it is now", schema: companyDetailSchema },
  async handler({ env, session: { actor }, params, body, origin, now }) {
    const row = await loadCompany(env, actor, params.id);
    if (!row.ok) return row;
    const state = await companyStub(env, row.value.id).update(actor, body);
    if (!state.ok) return state;
    const { name, time_zone } = state.value;
    if (name !== row.value.name || time_zone !== row.value.time_zone)
      await database(env).update(companies).set({ name, time_zone }).where(eq(companies.id, row.value.id));
    return ok(await companyDetail(env, { ...row.value, name, time_zone }, state.value, origin, now));
  },
});
