import type { AppLoadContext } from "@remix-run/cloudflare";
import * as z from "zod";
import { companyPath, loadPart } from "./company-loads.server.ts";
import { type Intents, idForm, intent, runIntent, segment } from "./intents.server.ts";
import type { Lists } from "./noise-types.ts";

/** Everything the page shows, read side by side; a part that fails says so in its own place. */
export async function loadNoise(context: AppLoadContext, companyId: string | undefined): Promise<Lists> {
  const part = <T>(path: string) => loadPart<T>(context, companyPath(companyId, `/${path}`));
  const [rules, silences, windows, corrections, history] = await Promise.all([
    part<Value<"rules">>("rules"),
    part<Value<"silences">>("silences"),
    part<Value<"windows">>("maintenance-windows"),
    part<Value<"corrections">>("corrections"),
    part<Value<"history">>("held-alerts"),
  ]);
  return { rules, silences, windows, corrections, history };
}
type Value<K extends keyof Lists> = Extract<Lists[K], { value: unknown }>["value"];

/** What the page's scripts put together; the API says what is wrong with it. */
export const made = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue("This form was not sent as a whole.");
    return z.NEVER;
  }
});
const madeForm = z.object({ id: z.string().optional(), made });
const idsForm = z.object({ ids: z.string() });
const switchForm = z.object({ id: z.string(), enabled: z.enum(["true", "false"]) });

/** Adds or changes what lies under `path`. */
const saveAt = (path: string, method: "POST" | "PATCH") =>
  intent(method, madeForm, ({ id, made: body }) => ({ path: id ? `${path}/${segment(id)}` : path, body }));

const removeAt = (path: string) => intent("DELETE", idForm, ({ id }) => ({ path: `${path}/${segment(id)}` }));

/** The forms of a list of rules, which the API has under `path`. */
export const ruleIntents = (path: string): Intents => ({
  "rule-add": saveAt(path, "POST"),
  "rule-save": saveAt(path, "PATCH"),
  "rule-switch": intent("PATCH", switchForm, ({ id, enabled }) => ({
    path: `${path}/${segment(id)}`,
    body: { enabled: enabled === "true" },
  })),
  "rule-delete": removeAt(path),
  "rule-order": intent("POST", idsForm, ({ ids }) => ({
    path: `${path}/order`,
    body: { ids: ids.split(",") },
  })),
});

/** Runs one of the page's forms. */
export function runNoiseAction(context: AppLoadContext, request: Request, companyId: string) {
  const of = (path: string) => companyPath(companyId, `/${path}`);
  return runIntent(context, request, {
    ...ruleIntents(of("rules")),
    "silence-add": saveAt(of("silences"), "POST"),
    "silence-save": saveAt(of("silences"), "PATCH"),
    "silence-end": removeAt(of("silences")),
    "window-add": saveAt(of("maintenance-windows"), "POST"),
    "window-save": saveAt(of("maintenance-windows"), "PATCH"),
    "window-delete": removeAt(of("maintenance-windows")),
    "window-end": intent("POST", idForm, ({ id }) => ({
      path: of(`maintenance-windows/${segment(id)}/end`),
    })),
    "correction-add": saveAt(of("corrections"), "POST"),
    "correction-delete": removeAt(of("corrections")),
  });
}
