import type * as z from "zod";
import { companyCreatedSchema, createCompanySchema } from "../../../core/company.ts";
import { ok } from "../../../core/errors.ts";
import { checkNewWindows } from "../../../core/policy/window-check.ts";
import {
  DEFAULT_CORRELATION,
  DEFAULT_RATE_LIMIT,
  DEFAULT_RETENTION,
  DEFAULT_SECURITY,
} from "../../../core/settings.ts";
import { webhookUrl, withFigures } from "../../company-figures.ts";
import { companyStub } from "../../company-stub.ts";
import { database } from "../../db/database.ts";
import { companies } from "../../db/schema.ts";
import { issueKey } from "../../keys.ts";
import { pushMspRules } from "../../msp-rules/push.ts";
import { oweNew } from "../../msp-rules/store.ts";
import { newId } from "../../new-id.ts";
import { withinOperatorLimit } from "../../rate-limit-max.ts";
import { newHmacSecret, seal } from "../../secrets.ts";
import { route as define } from "../route.ts";

/** What the steps of the wizard gather, as groups of settings with their defaults. */
function settingsOf(body: z.infer<typeof createCompanySchema>) {
  const { hmac_required, ip_allowlist, brand } = body;
  return {
    correlation: body.correlation ?? DEFAULT_CORRELATION,
    rate_limit: body.rate_limit ?? DEFAULT_RATE_LIMIT,
    security: {
      ...DEFAULT_SECURITY,
      ...(hmac_required !== undefined && { hmac_required }),
      ...(ip_allowlist && { ip_allowlist }),
    },
    retention: body.retention ?? DEFAULT_RETENTION,
    critical_assets: body.critical_assets ?? [],
    ...(brand && { brand }),
  };
}

/** The object first: an object nobody lists is harmless, a listed company without one is not. */
export const route = define({
  method: "POST",
  path: "/api/companies",
  summary: "Add a company with all its settings; its key and secret are shown this once",
  access: "company.create",
  audit: ["company.created"],
  body: createCompanySchema,
  success: { status: 201, description: "created", schema: companyCreatedSchema },
  async handler({ env, session: { actor }, body, origin, now, audit, waitUntil }) {
    const settings = settingsOf(body);
    const fine = withinOperatorLimit(settings.rate_limit, env, "rate_limit.");
    if (!fine.ok) return fine;
    const planned = body.maintenance_windows ?? [];
    const possible = checkNewWindows(planned, now);
    if (!possible.ok) return possible;
    const windows = planned.map((input) => ({ id: newId("mw"), input }));
    const id = newId("co");
    const { key, key_id, key_hash } = await issueKey(env, id);
    const secret = newHmacSecret();
    const object = companyStub(env, id);
    const made = await object.init({
      company_id: id,
      msp_id: actor.msp_id,
      name: body.name,
      time_zone: body.time_zone,
      key_id,
      key_hash,
      sealed_secret: await seal(env, actor.msp_id, secret),
      settings,
      ...(windows.length > 0 && { windows: { by: actor.name, items: windows } }),
    });
    if (!made.ok) return made;
    // Before the row is there the object cannot write it down itself.
    const next_due_at = windows.length > 0 ? await object.wake() : null;
    const row = {
      id,
      msp_id: actor.msp_id,
      name: body.name,
      time_zone: body.time_zone,
      created_at: now,
      next_due_at,
    };
    const note = {
      action: "company.created",
      company_id: id,
      target: { type: "company", id, name: body.name },
      after: {
        name: body.name,
        time_zone: body.time_zone,
        key_id,
        ...settings,
        maintenance_windows: planned,
      },
    };
    await database(env).batch([
      database(env).insert(companies).values(row),
      oweNew(env, actor.msp_id, id, now),
      audit(note),
    ]);
    waitUntil(pushMspRules(env, actor.msp_id));
    const [company] = await withFigures(env, [row], origin, now);
    return ok({
      company: company!,
      api_key: key,
      hmac_secret: secret,
      webhook_url: webhookUrl(origin, key),
    });
  },
});
