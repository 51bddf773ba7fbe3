import { type ActionFunctionArgs, type AppLoadContext, data } from "@remix-run/cloudflare";
import type { Part } from "../components/overview/part.tsx";
import { callApi } from "./api.server.ts";
import { runCompanyAction } from "./company-actions.server.ts";

/** Settings as they were read, with the entity tag that a save of them goes by. */
export interface Tagged<T> {
  value: T;
  etag: string | null;
}

export const companyPath = (id: string | undefined, rest = "") =>
  `/api/companies/${encodeURIComponent(id ?? "")}${rest}`;

/** One part of a page, which may fail alone. */
export async function loadPart<T>(context: AppLoadContext, path: string): Promise<Part<T>> {
  const answer = await callApi<T>(context, "GET", path);
  return answer.ok ? { value: answer.value } : { problem: answer.error.detail };
}

/** One group of settings, for a form. */
export async function loadTagged<T>(context: AppLoadContext, path: string): Promise<Part<Tagged<T>>> {
  const answer = await callApi<T>(context, "GET", path);
  if (!answer.ok) return { problem: answer.error.detail };
  return { value: { value: answer.value, etag: answer.headers.get("etag") } };
}

/** The action of a company's tabs. */
export async function companyAction({ request, context, params }: ActionFunctionArgs) {
  const answer = await runCompanyAction(context, request, params.id ?? "");
  return data(answer, { status: answer.ok ? 200 : 422 });
}
