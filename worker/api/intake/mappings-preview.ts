import * as z from "zod";
import { fail, ok } from "../../../core/errors.ts";
import { dedupKey, readableKey } from "../../../core/keys.ts";
import { compileMapping } from "../../../core/mapping/compile.ts";
import { mappingInput } from "../../../core/mapping/mapping.ts";
import { fitsBody, mapBody } from "../../../core/mapping/run.ts";
import { SEVERITIES } from "../../../core/severity.ts";
import { parseBody } from "../../webhooks/body.ts";
import { route as define, idParams } from "../route.ts";
import { intakeOf, orNotFound } from "./of-company.ts";

/** Alerts that a preview shows; the rest is counted. */
const SHOWN = 20;

const alertShown = z.object({
  status: z.enum(["firing", "resolved"]),
  asset_name: z.string(),
  asset_id: z.string().nullable(),
  signature: z.string(),
  severity: z.enum(SEVERITIES),
  category: z.string().nullable(),
  message: z.string(),
  tool_source: z.string(),
  event_time: z.iso.datetime().nullable(),
  group: z.string().nullable(),
  tags: z.array(z.tuple([z.string(), z.string()])),
  links: z.array(z.object({ label: z.string(), url: z.string() })),
  flags: z.array(z.string()),
});

export const previewSchema = z.object({
  fits: z.boolean().describe("whether its conditions hold for this body"),
  detail: z.string().nullable().describe("why no alert was found at all"),
  fields: z.record(z.string(), z.string()),
  total: z.number().int(),
  items: z.array(
    z.object({
      index: z.number().int(),
      alert: alertShown.nullable(),
      dedup_key: z.string().nullable().describe("alerts with one key are one alert"),
      fields: z.record(z.string(), z.string()).describe("what could not be made out, and why"),
      from: z.record(z.string(), z.object({ expression: z.string(), raw: z.string() })),
    }),
  ),
});

/** A kept body says no type: one that looks like a form is read as one. */
const readText = (text: string) => {
  const form = /^[^\s={}[\]"]+=/.test(text) ? "application/x-www-form-urlencoded" : null;
  return parseBody(new Uint8Array(new TextEncoder().encode(text)), form);
};

export const route = define({
  method: "POST",
  path: "/api/companies/{id}/mappings/preview",
  summary: "What a mapping would make of a body, before it is saved",
  access: "intake.read",
  audit: { none: "changes nothing" },
  params: idParams,
  body: z.object({
    mapping: mappingInput,
    body: z.unknown().optional().describe("JSON, or its text"),
    body_id: z.string().optional().describe("one of the bodies that are kept"),
  }),
  success: { status: 200, description: "alerts, and where each field came from", schema: previewSchema },
  async handler({ env, session: { actor }, params: { id }, body: { mapping, body, body_id } }) {
    const samples = await orNotFound(intakeOf(env, id)?.samples(actor));
    if (!samples.ok) return samples;
    const kept = body_id ? samples.value.find((sample) => sample.id === body_id)?.body : body;
    if (kept === undefined)
      return fail("validation_failed", "Give a body.", { fields: { body: "there is none under that id" } });
    const parsed = typeof kept === "string" ? await readText(kept) : ok({ value: kept });
    if (!parsed.ok) {
      const nothing = { fits: false, fields: { body: parsed.error.detail }, total: 0, items: [] };
      return ok({ ...nothing, detail: parsed.error.detail });
    }
    const compiled = compileMapping(mapping);
    const fits = fitsBody(compiled, parsed.value.value);
    const mapped = mapBody(compiled, parsed.value.value);
    if (!("items" in mapped)) return ok({ fits, ...mapped, total: 0, items: [] });
    const items = mapped.items.slice(0, SHOWN).map((item, index) => {
      const from = item.origins as Record<string, { expression: string; raw: string }>;
      if (!("alert" in item)) return { index, alert: null, dedup_key: null, fields: item.fields, from };
      const { event_time, group } = item.alert;
      const time = event_time === null ? null : new Date(event_time).toISOString();
      const alert = { ...item.alert, event_time: time, group: group ?? null };
      const dedup_key = readableKey(id, dedupKey(id, item.alert).key);
      return { index, alert, dedup_key, fields: {}, from };
    });
    return ok({ fits, detail: null, fields: {}, total: mapped.items.length, items });
  },
});
