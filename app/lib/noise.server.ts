import type { AppLoadContext } from "@remix-run/cloudflare";
import * as z from "zod";
import { companyPath, loadPart } from "./company-loads.server.ts";
import { idForm, intent, runIntent, segment } from "./intents.server.ts";
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
const made = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue("This form was not sent as a whole.");
    return z.NEVER;
  }
});
const madeForm = z.object({ id: z.string().optional(), made });
const idsForm = z.object({ ids: z.string() });

/** Runs one of the page's forms. */
export function runNoiseAction(context: AppLoadContext, request: Request, companyId: string) {
  const of = (path: string) => companyPath(companyId, `/${path}`);
  const one = (path: string) => idForm.transform(({ id }) => ({ path: of(`${path}/${segment(id)}`) }));
  const save = (path: string, method: "POST" | "PATCH") =>
    intent(method, madeForm, ({ id, made: body }) => ({
      path: of(id ? `${path}/${segment(id)}` : path),
      body,
    }));
  const remove = (path: string) => intent("DELETE", one(path), (values) => values);
  return runIntent(context, request, {
    "rule-add": save("rules", "POST"),
    "rule-save": save("rules", "PATCH"),
    "rule-delete": remove("rules"),
    "rule-order": intent("POST", idsForm, ({ ids }) => ({
      path: of("rules/order"),
      body: { ids: ids.split(",") },
    })),
    "silence-add": save("silences", "POST"),
    "silence-save": save("silences", "PATCH"),
    "silence-end": remove("silences"),
    "window-add": save("maintenance-windows", "POST"),
    "window-save": save("maintenance-windows", "PATCH"),
    "window-delete": remove("maintenance-windows"),
    "window-end": intent("POST", idForm, ({ id }) => ({
      path: of(`maintenance-windows/${segment(id)}/end`),
    })),
    "correction-add": save("corrections", "POST"),
    "correction-delete": remove("corrections"),
  });
}
