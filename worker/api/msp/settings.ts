import { eq } from "drizzle-orm";
import { ok } from "../../../core/errors.ts";
import { mspSettingsAnswer, mspSettingsAnswerSchema, mspSettingsSchema } from "../../../core/msp.ts";
import { database } from "../../db/database.ts";
import { loadMsp } from "../../db/msps.ts";
import { msps } from "../../db/schema.ts";
import { route as define } from "../route.ts";

/** The time-out holds from the next request on, for sessions that are open as well. */
export const route = define({
  method: "PUT",
  path: "/api/msp/settings",
  summary: "Change the MSP's name, idle time-out and brand",
  access: "msp.settings",
  audit: ["msp.settings_changed"],
  body: mspSettingsSchema,
  success: { status: 200, description: "the settings as they are now", schema: mspSettingsAnswerSchema },
  async handler({ env, session: { actor }, body, audit }) {
    const { name, idle_timeout_minutes, brand } = await loadMsp(env, actor.msp_id);
    await database(env).batch([
      database(env).update(msps).set(body).where(eq(msps.id, actor.msp_id)),
      audit({
        action: "msp.settings_changed",
        company_id: null,
        target: { type: "msp", id: actor.msp_id, name: body.name },
        before: { name, idle_timeout_minutes, brand },
        after: body,
      }),
    ]);
    return ok(mspSettingsAnswer(body));
  },
});
