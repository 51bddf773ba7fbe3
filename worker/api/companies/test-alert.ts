import * as z from "zod";
import { loadCompany } from "../../db/companies.ts";
import { sendTestAlert } from "../../webhooks/test-alert.ts";
import { route as define, idParams } from "../route.ts";

export const route = define({
  method: "POST",
  path: "/api/companies/{id}/test-alert",
  summary: "Send an alert through the company's own intake",
  access: "company.test_alert",
  audit: ["company.test_alert_sent"],
  params: idParams,
  success: {
    status: 202,
    description: "taken in",
    schema: z.object({ alert_id: z.string() }),
  },
  errors: ["rate_limited"],
  async handler({ env, session: { actor }, params }) {
    const row = await loadCompany(env, actor, params.id);
    if (!row.ok) return row;
    return sendTestAlert(env, row.value.id, actor);
  },
});
