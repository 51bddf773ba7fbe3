import * as z from "zod";
import { ok } from "../../../core/errors.ts";
import { timelineEntrySchema } from "../../../core/incident.ts";
import { memberStub, notFound } from "../../company-stub.ts";
import { route as define, idParams } from "../route.ts";

export const route = define({
  method: "GET",
  path: "/api/incidents/{id}/timeline",
  summary: "Everything that happened to an incident",
  access: "incidents.read",
  params: idParams,
  success: {
    status: 200,
    description: "oldest first",
    schema: z.object({ items: z.array(timelineEntrySchema), next_cursor: z.null() }),
  },
  async handler({ env, session: { actor }, params }) {
    const company = memberStub(env, "incident", params.id);
    if (!company) return notFound();
    const entries = await company.timeline(actor, params.id);
    return entries.ok ? ok({ items: entries.value, next_cursor: null }) : entries;
  },
});
