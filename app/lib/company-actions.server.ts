import type { SubmissionResult } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import type { AppLoadContext } from "@remix-run/cloudflare";
import type * as z from "zod";
import type { Job } from "../../core/job.ts";
import { type ApiAnswer, type ApiError, command } from "./api.server.ts";
import {
  brandingForm,
  correlationForm,
  generalForm,
  overlapForm,
  rateLimitForm,
  retentionForm,
  securityForm,
} from "./company-forms.server.ts";
import type { FreshKeys } from "./fresh-keys.ts";
import { refuse } from "./reply.server.ts";
import { automationForm, awsForm, notificationsForm, slaForm } from "./service-forms.server.ts";

/** What a company's page gets back from one of its forms. */
export interface CompanyAnswer {
  intent: string;
  ok: boolean;
  result?: SubmissionResult<string[]>;
  problem?: string;
  /** The entity tag that the next save of this form goes by. */
  etag?: string | null;
  /** What somebody else has set meanwhile. */
  theirs?: Record<string, unknown>;
  /** Begun instead of saving. */
  job?: Job;
  /** A key or secret that can be read this once. */
  once?: FreshKeys;
}

type Method = "PUT" | "PATCH";

const FORMS: Record<string, { method: Method; path: string; schema: z.ZodType }> = {
  general: { method: "PATCH", path: "", schema: generalForm },
  correlation: { method: "PUT", path: "/correlation", schema: correlationForm },
  "rate-limit": { method: "PUT", path: "/rate-limit", schema: rateLimitForm },
  security: { method: "PUT", path: "/security", schema: securityForm },
  branding: { method: "PUT", path: "/branding", schema: brandingForm },
  retention: { method: "PUT", path: "/retention", schema: retentionForm },
  sla: { method: "PUT", path: "/sla", schema: slaForm },
  automation: { method: "PUT", path: "/automation", schema: automationForm },
  notifications: { method: "PUT", path: "/notifications", schema: notificationsForm },
  aws: { method: "PUT", path: "/aws", schema: awsForm },
};

/** A list is one text field here, so what is wrong with its third line is said beneath the field. */
export function onListField(error: ApiError): ApiError {
  const fields: Record<string, string> = {};
  for (const [path, text] of Object.entries(error.fields ?? {})) {
    const [name = path, line] = path.split(".");
    const said = line === undefined ? text : `Line ${Number(line) + 1}: ${text}.`;
    fields[name] = fields[name] ? `${fields[name]} ${said}` : said;
  }
  return { ...error, fields };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** Saves one group of settings, unless it is no longer what its editor saw. */
async function save(
  call: { context: AppLoadContext; request: Request; base: string },
  intent: string,
  form: FormData,
): Promise<CompanyAnswer> {
  const settings = FORMS[intent];
  if (!settings) return { intent, ok: false, problem: "This form is not known here." };
  const etag = String(form.get("etag") ?? "");
  const guard: Record<string, string> = etag && !form.has("overwrite") ? { "if-match": etag } : {};
  for (const own of ["intent", "etag", "overwrite"]) form.delete(own);
  const submission = parseWithZod(form, { schema: settings.schema });
  if (submission.status !== "success") return { intent, ok: false, etag, result: submission.reply() };
  const { context, request, base } = call;
  const path = base + settings.path;
  const answer = await command<unknown>(context, request, settings.method, path, submission.value, guard);
  if (answer.ok) return { intent, ok: true, etag: answer.headers.get("etag"), result: submission.reply() };
  const { error, status } = answer;
  if (status === 412 && isRecord(error.current))
    return { intent, ok: false, etag, theirs: error.current, result: submission.reply() };
  return { intent, ok: false, etag, result: refuse(submission, onListField(error)) };
}

function once(intent: string, answer: ApiAnswer<FreshKeys | null>): CompanyAnswer {
  if (!answer.ok) return { intent, ok: false, problem: answer.error.detail };
  return { intent, ok: true, once: answer.value ?? undefined };
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
  if (Object.hasOwn(FORMS, intent)) return save({ context, request, base }, intent, form);
  const post = (path: string, body: unknown) =>
    command<FreshKeys | null>(context, request, "POST", base + path, body);
  if (intent === "rotate-key") {
    const submission = parseWithZod(form, { schema: overlapForm });
    if (submission.status !== "success")
      return { intent, ok: false, problem: "Choose how long the keys of before go on." };
    return once(intent, await post("/api-keys", submission.value));
  }
  if (intent === "rotate-secret") return once(intent, await post("/hmac", {}));
  if (intent === "export") return once(intent, await post("/exports", {}));
  if (intent === "sns-topics") {
    const arn = form.get("arn");
    const body = arn
      ? { arn, allowed: form.get("allowed") === "true" }
      : { accept_new: form.get("accept_new") === "true" };
    const answer = await command(context, request, "PATCH", `${base}/sns-topics`, body);
    return answer.ok ? { intent, ok: true } : { intent, ok: false, problem: answer.error.detail };
  }
  if (intent === "revoke-key") {
    const key = encodeURIComponent(String(form.get("key_id") ?? ""));
    return once(intent, await command(context, request, "DELETE", `${base}/api-keys/${key}`));
  }
  return { intent, ok: false, problem: "This form is not known here." };
}
