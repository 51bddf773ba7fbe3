import type { SubmissionResult } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import type { AppLoadContext } from "@remix-run/cloudflare";
import type * as z from "zod";
import { type ApiError, command } from "./api.server.ts";
import { correlationForm, generalForm, rateLimitForm, securityForm } from "./company-forms.server.ts";
import { refuse } from "./reply.server.ts";

/** What a company's page gets back from one of its forms. */
export interface CompanyAnswer {
  intent: string;
  ok: boolean;
  result?: SubmissionResult<string[]>;
  problem?: string;
  /** A key or secret that can be read this once. */
  once?: { api_key?: string; hmac_secret?: string; webhook_url?: string };
}

type Method = "PUT" | "PATCH";

const FORMS: Record<string, { method: Method; path: string; schema: z.ZodType }> = {
  general: { method: "PATCH", path: "", schema: generalForm },
  correlation: { method: "PUT", path: "/correlation", schema: correlationForm },
  "rate-limit": { method: "PUT", path: "/rate-limit", schema: rateLimitForm },
  security: { method: "PUT", path: "/security", schema: securityForm },
};

/** A list is one text field here, so what is wrong with its third line is said beneath the field. */
function onListField(error: ApiError): ApiError {
  const fields: Record<string, string> = {};
  for (const [path, text] of Object.entries(error.fields ?? {})) {
    const [name = path, line] = path.split(".");
    const said = line === undefined ? text : `Line ${Number(line) + 1}: ${text}.`;
    fields[name] = fields[name] ? `${fields[name]} ${said}` : said;
  }
  return { ...error, fields };
}

/** Runs the form named by `intent` against the company's API. */
export async function runCompanyAction(
  context: AppLoadContext,
  request: Request,
  id: string,
): Promise<CompanyAnswer> {
  const form = await request.formData();
  const intent = String(form.get("intent") ?? "");
  const base = `/api/companies/${encodeURIComponent(id)}`;
  const settings = Object.hasOwn(FORMS, intent) ? FORMS[intent] : undefined;
  if (settings) {
    form.delete("intent");
    const submission = parseWithZod(form, { schema: settings.schema });
    if (submission.status !== "success") return { intent, ok: false, result: submission.reply() };
    const answer = await command(context, request, settings.method, base + settings.path, submission.value);
    if (answer.ok) return { intent, ok: true, result: submission.reply() };
    return { intent, ok: false, result: refuse(submission, onListField(answer.error)) };
  }
  if (intent === "rotate-key")
    return once(intent, await command(context, request, "POST", `${base}/api-keys`, {}));
  if (intent === "rotate-secret")
    return once(intent, await command(context, request, "POST", `${base}/hmac`, {}));
  if (intent === "test-alert")
    return once(intent, await command(context, request, "POST", `${base}/test-alert`, {}));
  if (intent === "revoke-key") {
    const key = encodeURIComponent(String(form.get("key_id") ?? ""));
    return once(intent, await command(context, request, "DELETE", `${base}/api-keys/${key}`));
  }
  return { intent, ok: false, problem: "This form is not known here." };
}

type Once = CompanyAnswer["once"];

function once(intent: string, answer: Awaited<ReturnType<typeof command<Once>>>): CompanyAnswer {
  if (!answer.ok) return { intent, ok: false, problem: answer.error.detail };
  return { intent, ok: true, once: answer.value ?? undefined };
}
