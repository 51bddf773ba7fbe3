import { ok } from "../../../core/errors.ts";
import { mspSettingsAnswer, mspSettingsAnswerSchema } from "../../../core/msp.ts";
import { loadMsp } from "../../db/msps.ts";
import { route as define } from "../route.ts";

export const route = define({
  method: "GET",
  path: "/api/msp/settings",
  summary: "The MSP's name, idle time-out and brand",
  access: "msp.read",
  success: { status: 200, description: "the settings", schema: mspSettingsAnswerSchema },
  async handler({ env, session: { actor } }) {
    return ok(mspSettingsAnswer(await loadMsp(env, actor.msp_id)));
  },
});
