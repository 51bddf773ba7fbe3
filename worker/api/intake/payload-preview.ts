import * as z from "zod";
import type { AdapterItem } from "../../../core/adapters/adapter.ts";
import { ADAPTERS } from "../../../core/adapters/index.ts";
import { fail, ok } from "../../../core/errors.ts";
import { INCIDENT_STATUSES } from "../../../core/incident.ts";
import { route as define } from "../route.ts";
import { alertShown, SHOWN, shown } from "./alert-shown.ts";
import { intakeOf, orNotFound } from "./of-company.ts";
import { readText } from "./read-text.ts";
import { readAs } from "./understand.ts";

export const payloadPreviewSchema = z.object({
  detail: z.string().nullable().describe("why no alert was found at all"),
  fields: z.record(z.string(), z.string()),
  total: z.number().int(),
  items: z.array(
    z.object({
      index: z.number().int(),
      fields: z.record(z.string(), z.string()).describe("what could not be understood, and why"),
      alert: alertShown.nullable(),
      keys: z
        .object({
          asset: z.string().describe("the name its keys use; empty: it could not be told"),
          signature: z.string(),
          dedup: z
            .object({ key: z.string(), text: z.string() })
            .describe("alerts with one key are one alert"),
          group: z.object({ key: z.string().nullable(), text: z.string() }),
          alert: z
            .object({ id: z.string(), status: z.string(), count: z.number().int() })
            .nullable()
            .describe("the newest alert of its key"),
          incident: z
            .object({ id: z.string(), title: z.string(), status: z.enum(INCIDENT_STATUSES) })
            .nullable()
            .describe("the incident it would count in"),
          would: z.string().describe("what its keys would make of it now, in a sentence"),
        })
        .nullable(),
    }),
  ),
});

const nothing = (detail: string, fields: Record<string, string> = {}) =>
  ok({ detail, fields, total: 0, items: [] });

export const route = define({
  method: "POST",
  path: "/api/companies/{id}/integrations/{tool}/preview",
  summary: "What a tool's payload would become: its alerts, their keys, and what is under those now",
  access: "intake.read",
  audit: { none: "changes nothing" },
  params: z.object({ id: z.string(), tool: z.string() }),
  body: z.object({ body: z.unknown().describe("JSON, or its text") }),
  success: {
    status: 200,
    description: "nothing is kept; rules, silences, dependencies and storms are not asked",
    schema: payloadPreviewSchema,
  },
  async handler({ env, session: { actor }, params: { id, tool }, body: { body } }) {
    const company = intakeOf(env, id);
    const own = await orNotFound(company?.mappings(actor));
    if (!own.ok) return own;
    const adapter = ADAPTERS.get(tool);
    if (!adapter) return fail("not_found", "There is no tool of this name.");
    if (body === undefined)
      return fail("validation_failed", "Give a body.", { fields: { body: "is missing" } });
    const parsed = typeof body === "string" ? await readText(body) : ok({ value: body });
    if (!parsed.ok) return nothing(parsed.error.detail);
    const { value } = parsed.value;
    const result = readAs(adapter, own.value, null, value);
    if (!("items" in result)) return nothing(result.detail, result.fields);
    const items: AdapterItem[] = result.items.slice(0, SHOWN);
    const alerts = items.flatMap((item) => ("alert" in item ? [item.alert] : []));
    const tried = await orNotFound(company?.tryAlerts(actor, alerts));
    if (!tried.ok) return tried;
    const keys = tried.value[Symbol.iterator]();
    const seen = items.map((item, index) =>
      "alert" in item
        ? { index, fields: {}, alert: shown(item.alert), keys: keys.next().value ?? null }
        : { index, fields: item.fields, alert: null, keys: null },
    );
    return ok({ detail: null, fields: {}, total: result.items.length, items: seen });
  },
});
