import { auditVerdictSchema } from "../../../core/audit-log.ts";
import { verifyAudit } from "../../audit/verify.ts";
import { route as define } from "../route.ts";

export const route = define({
  method: "GET",
  path: "/api/audit/verify",
  summary: "Walks the audit log's chain and says whether it is whole",
  access: "audit.verify",
  success: { status: 200, description: "what was found", schema: auditVerdictSchema },
  handler: ({ env, session: { actor } }) => verifyAudit(env, actor),
});
