import * as z from "zod";
import { alertSchema } from "../../../core/alert.ts";
import { conditionInput } from "../../../core/policy/condition.ts";
import { notFound } from "../../company-stub.ts";
import { route as define, idParams } from "../route.ts";
import { policyOf } from "./of-company.ts";

export const previewSchema = z.object({
  looked_at: z.number().int().describe("alerts, the newest, at most 2,000"),
  matched: z.number().int(),
  since: z.iso.datetime().nullable().describe("when the oldest of them came"),
  items: z.array(alertSchema).describe("the newest that match, at most ten"),
});
export const days = z.number().int().min(1).max(90).default(7);

export const route = define({
  method: "POST",
  path: "/api/companies/{id}/rules/preview",
  summary: "Which of the company's last alerts a condition fits; nothing changes",
  access: "noise.read",
  audit: { none: "it only reads" },
  params: idParams,
  body: z.object({ when: conditionInput.nullable(), days }),
  success: { status: 200, description: "what it fits", schema: previewSchema },
  async handler({ env, session: { actor }, params, body }) {
    return (await policyOf(env, params.id)?.policyPreview(actor, body.when, body.days)) ?? notFound();
  },
});
