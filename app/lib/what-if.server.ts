import { parseWithZod } from "@conform-to/zod/v4";
import type { AppLoadContext } from "@remix-run/cloudflare";
import type { Kpis } from "../../core/company.ts";
import type { Job } from "../../core/job.ts";
import type { Comparison } from "../../core/replay/schema.ts";
import type { Part } from "../components/overview/part.tsx";
import { callApi, command } from "./api.server.ts";
import type { CompanyAnswer } from "./company-actions.server.ts";
import { correlationForm } from "./company-forms.server.ts";
import { loadPart } from "./company-loads.server.ts";
import { made } from "./noise.server.ts";
import { refuse } from "./reply.server.ts";

const DAY_MS = 86_400_000;
const DAYS = [1, 7, 30, 90];

/** A what-if as far as it is; `result` once it is done. */
export interface WhatIf {
  job: Job;
  result: Comparison | null;
}

/** Figures of the last days, to say how the company's grouping does. */
export async function loadFigures(context: AppLoadContext, companyId: string, days: number) {
  const [to, from] = [new Date(), new Date(Date.now() - days * DAY_MS)];
  const query = new URLSearchParams({
    company_id: companyId,
    from: from.toISOString(),
    to: to.toISOString(),
  });
  return loadPart<Kpis>(context, `/api/kpis?${query}`);
}

/** The what-if that the address names; null where it names none. */
export async function loadWhatIf(
  context: AppLoadContext,
  companyId: string,
  id: string | null,
): Promise<Part<WhatIf> | null> {
  if (!id) return null;
  const path = `/api/jobs/${encodeURIComponent(id)}`;
  const job = await callApi<Job>(context, "GET", path);
  if (!job.ok || job.value.company_id !== companyId || job.value.kind !== "preview")
    return { problem: "That try is no longer kept. Try it again." };
  if (job.value.status !== "done") return { value: { job: job.value, result: null } };
  const result = await callApi<Comparison>(context, "GET", `${path}/result`);
  if (!result.ok) return { problem: "What it found is no longer kept. Try it again." };
  return { value: { job: job.value, result: result.value } };
}

/** Starts a what-if with the form's settings in place of saving them. */
export async function tryCorrelation(
  context: AppLoadContext,
  request: Request,
  companyId: string,
  form: FormData,
): Promise<CompanyAnswer> {
  const intent = "correlation";
  const wanted = Number(form.get("days"));
  const days = DAYS.includes(wanted) ? wanted : 7;
  const rules = form.has("rules") ? made.safeParse(form.get("rules")).data : undefined;
  for (const own of ["intent", "etag", "overwrite", "try", "days", "rules"]) form.delete(own);
  const submission = parseWithZod(form, { schema: correlationForm });
  if (submission.status !== "success") return { intent, ok: false, result: submission.reply() };
  const now = Date.now();
  const answer = await command<Job>(context, request, "POST", "/api/correlation/preview", {
    company_id: companyId,
    settings: submission.value,
    rules,
    from: new Date(now - days * DAY_MS).toISOString(),
    to: new Date(now).toISOString(),
  });
  if (answer.ok) return { intent, ok: true, result: submission.reply(), job: answer.value };
  const { fields, ...error } = answer.error;
  const ruled = Object.entries(fields ?? {}).find(([path]) => path.startsWith("rules"));
  if (ruled) return { intent, ok: false, result: submission.reply(), problem: `${ruled[0]}: ${ruled[1]}` };
  const own = Object.entries(fields ?? {}).map(([path, text]) => [path.replace(/^settings\./, ""), text]);
  return { intent, ok: false, result: refuse(submission, { ...error, fields: Object.fromEntries(own) }) };
}

/** Ends a what-if that is under way. */
export async function cancelTry(
  context: AppLoadContext,
  request: Request,
  form: FormData,
): Promise<CompanyAnswer> {
  const id = encodeURIComponent(String(form.get("job") ?? ""));
  const answer = await command<Job>(context, request, "POST", `/api/jobs/${id}/cancel`, {});
  return answer.ok
    ? { intent: "cancel-try", ok: true }
    : { intent: "cancel-try", ok: false, problem: answer.error.detail };
}

const ANSWERS: Record<string, "accept" | "dismiss"> = {
  "accept-proposal": "accept",
  "dismiss-proposal": "dismiss",
};

export const isAnswer = (intent: string): boolean => Object.hasOwn(ANSWERS, intent);

/** Accepts or dismisses a proposed rule. */
export async function answerProposal(
  context: AppLoadContext,
  request: Request,
  base: string,
  form: FormData,
): Promise<CompanyAnswer> {
  const intent = String(form.get("intent"));
  const id = encodeURIComponent(String(form.get("id") ?? ""));
  const path = `${base}/correlation/proposals/${id}/${ANSWERS[intent]}`;
  const answer = await command<unknown>(context, request, "POST", path, {});
  return answer.ok ? { intent, ok: true } : { intent, ok: false, problem: answer.error.detail };
}
