import { companyCreatedSchema, createCompanySchema } from "../../../core/company.ts";
import { ok } from "../../../core/errors.ts";
import { webhookUrl, withFigures } from "../../company-figures.ts";
import { companyStub } from "../../company-stub.ts";
import { database } from "../../db/database.ts";
import { companies } from "../../db/schema.ts";
import { issueKey } from "../../keys.ts";
import { newId } from "../../new-id.ts";
import { newHmacSecret, seal } from "../../secrets.ts";
import { route as define } from "../route.ts";

/** The object first: an object nobody lists is harmless, a listed company without one is not. */
export const route = define({
  method: "POST",
  path: "/api/companies",
  summary: "Add a company; its key and secret are shown this once",
  access: "company.create",
  body: createCompanySchema,
  success: { status: 201, description: "created", schema: companyCreatedSchema },
  async handler({ env, session: { actor }, body, origin, now }) {
    const id = newId("co");
    const { key, key_id, key_hash } = await issueKey(env, id);
    const secret = newHmacSecret();
    const made = await companyStub(env, id).init({
      company_id: id,
      msp_id: actor.msp_id,
      name: body.name,
      time_zone: body.time_zone,
      key_id,
      key_hash,
      sealed_secret: await seal(env, actor.msp_id, secret),
    });
    if (!made.ok) return made;
    const row = {
      id,
      msp_id: actor.msp_id,
      name: body.name,
      time_zone: body.time_zone,
      created_at: now,
      next_due_at: null,
    };
    await database(env).insert(companies).values(row);
    const [company] = await withFigures(env, [row], origin, now);
    return ok({
      company: company!,
      api_key: key,
      hmac_secret: secret,
      webhook_url: webhookUrl(origin, key),
    });
  },
});
