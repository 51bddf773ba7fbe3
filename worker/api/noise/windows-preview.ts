import * as z from "zod";
import { ok } from "../../../core/errors.ts";
import { occurrenceView, windowInput } from "../../../core/policy/maintenance.ts";
import { compileRecurrence } from "../../../core/policy/recurrence.ts";
import { notFound } from "../../company-stub.ts";
import { route as define, idParams } from "../route.ts";
import { policyOf } from "./of-company.ts";
import { days, previewSchema } from "./preview.ts";

const SHOWN = 10;
const iso = (ms: number) => new Date(ms).toISOString();

export const route = define({
  method: "POST",
  path: "/api/companies/{id}/maintenance-windows/preview",
  summary: "When a window would take place, and which of the last alerts it would cover; nothing changes",
  access: "noise.read",
  audit: { none: "it only reads" },
  params: idParams,
  body: windowInput
    .pick({ when: true, starts_at: true, zone: true, duration_minutes: true, rrule: true })
    .extend({ days }),
  success: {
    status: 200,
    description: "the next occurrences, at most ten, and what it covers",
    schema: previewSchema.extend({ occurrences: z.array(occurrenceView) }),
  },
  async handler({ env, session: { actor }, params, body, now }) {
    const times = compileRecurrence(body);
    if (!times.ok) return times;
    const found = (await policyOf(env, params.id)?.policyPreview(actor, body.when, body.days)) ?? notFound();
    if (!found.ok) return found;
    const next = times.value(now, SHOWN);
    const occurrences = next.map(({ start, end }) => ({ starts_at: iso(start), ends_at: iso(end) }));
    return ok({ ...found.value, occurrences });
  },
});
