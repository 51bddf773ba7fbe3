import * as z from "zod";
import { ok } from "../../../core/errors.ts";
import { route as define, idParams } from "../route.ts";
import { replayWay } from "./letters-replay.ts";
import { intakeOf, orNotFound } from "./of-company.ts";
import { understand } from "./understand.ts";

export const route = define({
  method: "POST",
  path: "/api/companies/{id}/dead-letters/replay",
  summary: "Read all kept deliveries of one tool and reason again, the oldest first",
  access: "intake.replay",
  audit: ["dead_letter.replayed"],
  params: idParams,
  body: z.object({ group: z.string().max(200), ...replayWay }),
  success: {
    status: 200,
    description: "how many were taken in, and how many are still not understood",
    schema: z.object({
      replayed: z.number().int(),
      refused: z.number().int(),
      detail: z.string().nullable(),
    }),
  },
  async handler({ env, session: { actor }, params: { id }, body: { group, ...way } }) {
    const company = intakeOf(env, id);
    const page = await orNotFound(company?.letters(actor, { group, status: "waiting", limit: 100 }));
    if (!page.ok) return page;
    const mappings = await orNotFound(company?.mappings(actor));
    if (!mappings.ok) return mappings;
    let [replayed, refused] = [0, 0];
    let detail: string | null = null;
    for (const { id: item } of page.value.items.reverse()) {
      const letter = await orNotFound(company?.letter(actor, item));
      if (!letter.ok) continue;
      const understood = await understand(letter.value, way, mappings.value);
      const done = understood.ok
        ? await orNotFound(company?.replayLetter(actor, item, understood.value))
        : understood;
      if (done.ok && done.value.status !== "refused") replayed += 1;
      else {
        refused += 1;
        detail ??= done.ok ? done.value.detail : done.error.detail;
      }
    }
    return ok({ replayed, refused, detail });
  },
});
