import * as z from "zod";
import { fail, ok } from "../../../core/errors.ts";
import { dedupKey, readableKey } from "../../../core/keys.ts";
import { compileMapping } from "../../../core/mapping/compile.ts";
import { explain } from "../../../core/mapping/explain.ts";
import { type MappingView, mappingInput } from "../../../core/mapping/mapping.ts";
import { fitsBody, mapBody } from "../../../core/mapping/run.ts";
import { route as define, idParams } from "../route.ts";
import { alertShown, SHOWN, shown } from "./alert-shown.ts";
import { intakeOf, orNotFound } from "./of-company.ts";
import { readText } from "./read-text.ts";

const partSchema = z.object({
  field: z.string().describe("a field of the alert, `tags.NAME`, or `links.LABEL`"),
  value: z.string().nullable(),
  expression: z.string().nullable().describe("what yielded it; null: nothing did"),
  fallback: z.number().int().nullable().describe("its place among the field's expressions, from 0"),
  raw: z.string().nullable().describe("what it yielded, where the alert has another word"),
  guessed: z.boolean().describe("nothing in the body said it"),
  note: z.string().nullable(),
});

export const previewSchema = z.object({
  fits: z.boolean().describe("whether its conditions hold for this body"),
  taken_by: z
    .string()
    .nullable()
    .describe("the mapping that stands before it and is for this body too: it reads it instead"),
  detail: z.string().nullable().describe("why no alert was found at all"),
  fields: z.record(z.string(), z.string()),
  total: z.number().int(),
  items: z.array(
    z.object({
      index: z.number().int(),
      alert: alertShown.nullable(),
      dedup_key: z.string().nullable().describe("alerts with one key are one alert"),
      fields: z.record(z.string(), z.string()).describe("what could not be made out, and why"),
      parts: z.array(partSchema).describe("each field, where it came from, and what was guessed"),
    }),
  ),
});

/** The name of the first mapping in front of `own` that is for this body. */
function firstBefore(all: MappingView[], own: string | undefined, body: unknown): string | null {
  const at = all.findIndex(({ id }) => id === own);
  const before = (at < 0 ? all : all.slice(0, at)).filter(({ enabled }) => enabled);
  return before.find((mapping) => fitsBody(compileMapping(mapping), body))?.name ?? null;
}

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
    id: z.string().optional().describe("the mapping that is changed; left out: it would stand last"),
  }),
  success: { status: 200, description: "alerts, and where each field came from", schema: previewSchema },
  async handler({ env, session: { actor }, params: { id }, body: { mapping, body, body_id, id: own } }) {
    const company = intakeOf(env, id);
    const samples = await orNotFound(company?.samples(actor));
    if (!samples.ok) return samples;
    const all = await orNotFound(company?.mappings(actor));
    if (!all.ok) return all;
    const kept = body_id ? samples.value.find((sample) => sample.id === body_id)?.body : body;
    if (kept === undefined)
      return fail("validation_failed", "Give a body.", { fields: { body: "there is none under that id" } });
    const parsed = typeof kept === "string" ? await readText(kept) : ok({ value: kept });
    if (!parsed.ok) {
      const nothing = {
        fits: false,
        taken_by: null,
        fields: { body: parsed.error.detail },
        total: 0,
        items: [],
      };
      return ok({ ...nothing, detail: parsed.error.detail });
    }
    const compiled = compileMapping(mapping);
    const fits = fitsBody(compiled, parsed.value.value);
    const taken_by = firstBefore(all.value, own, parsed.value.value);
    const mapped = mapBody(compiled, parsed.value.value);
    if (!("items" in mapped)) return ok({ fits, taken_by, ...mapped, total: 0, items: [] });
    const items = mapped.items.slice(0, SHOWN).map((item, index) => {
      const parts = explain(mapping, item);
      if (!("alert" in item)) return { index, alert: null, dedup_key: null, fields: item.fields, parts };
      const alert = shown(item.alert);
      const dedup_key = readableKey(id, dedupKey(id, item.alert).key);
      return { index, alert, dedup_key, fields: {}, parts };
    });
    return ok({ fits, taken_by, detail: null, fields: {}, total: mapped.items.length, items });
  },
});
