import * as z from "zod";
import { type ReplayedLetter, replayPage } from "../../../core/dead-letter.ts";
import { ok } from "../../../core/errors.ts";
import { notFound } from "../../company-stub.ts";
import { route as define, idParams } from "../route.ts";
import { replayWay } from "./letters-replay.ts";
import { intakeOf } from "./of-company.ts";
import { readAgain } from "./read-again.ts";

export const route = define({
  method: "POST",
  path: "/api/companies/{id}/dead-letters/replay",
  summary: "Read many kept deliveries again, the oldest first, a page at a time",
  access: "intake.replay",
  audit: ["dead_letter.replayed"],
  params: idParams,
  body: z.object({
    group: z.string().max(200).optional().describe("only what one tool was refused for one reason"),
    from_tool: z
      .string()
      .max(40)
      .optional()
      .describe("only what this tool sent; with a mapping and without a group: custom"),
    reason: z.string().max(40).optional(),
    tool: replayWay.tool,
    mapping: replayWay.mapping.describe("id or short name; only bodies that its conditions are for are read"),
    check: z.boolean().default(false).describe("say what could be read, and take nothing in"),
    cursor: z.string().max(40).optional(),
    limit: z.number().int().min(1).max(100).default(50),
  }),
  success: { status: 200, description: "what became of each, and how to go on", schema: replayPage },
  async handler({ env, session: { actor }, params: { id }, body }) {
    const { group, from_tool, reason, tool, mapping, check, cursor, limit } = body;
    const company = intakeOf(env, id);
    if (!company) return notFound();
    const sentBy = from_tool ?? (mapping && !group ? "custom" : undefined);
    const page = await company.letters(actor, {
      group,
      tool: sentBy,
      reason,
      cursor,
      limit,
      order: "oldest",
    });
    if (!page.ok) return page;
    const mappings = await company.mappings(actor);
    if (!mappings.ok) return mappings;
    const run = { company, actor, way: { tool, mapping, fitting: true }, mappings: mappings.value, check };
    const items: ReplayedLetter[] = [];
    // One after the other: a recovery is right only behind the alert that it ends.
    for (const letter of page.value.items) {
      const outcome = await readAgain(run, letter);
      if (outcome) items.push({ id: letter.id, at: letter.at, tool: letter.tool, ...outcome });
    }
    const of = (outcome: ReplayedLetter["outcome"]) => items.filter((one) => one.outcome === outcome).length;
    const { next_cursor, left } = page.value;
    return ok({ items, read: of("read"), failed: of("failed"), already: of("already"), left, next_cursor });
  },
});
