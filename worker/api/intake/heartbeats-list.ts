import * as z from "zod";
import { ok } from "../../../core/errors.ts";
import { heartbeatView } from "../../../core/heartbeat.ts";
import { route as define, idParams } from "../route.ts";
import { intakeOf, orNotFound } from "./of-company.ts";

const beating = z.object({
  tool: z.string(),
  signature: z.string(),
  asset_name: z.string(),
  last_seen: z.iso.datetime(),
});

export const route = define({
  method: "GET",
  path: "/api/companies/{id}/heartbeats",
  summary: "What the company expects to hear of regularly, and how it does",
  access: "intake.read",
  params: idParams,
  query: z.object({
    unexpected: z
      .enum(["true", "false"])
      .default("true")
      .describe("whether to look for what beats unexpected"),
  }),
  success: {
    status: 200,
    description: "a list in one page; `unexpected`: alerts that only beat, of which none is expected",
    schema: z.object({
      items: z.array(heartbeatView),
      unexpected: z.array(beating),
      next_cursor: z.null(),
    }),
  },
  async handler({ env, session: { actor }, params, query }) {
    const unexpected = query.unexpected === "true";
    const found = await orNotFound(intakeOf(env, params.id)?.heartbeats(actor, unexpected));
    return found.ok ? ok({ ...found.value, next_cursor: null }) : found;
  },
});
