import { type AppLoadContext, data, redirect } from "@remix-run/cloudflare";

/** The API's error body. */
export interface ApiError {
  error: string;
  detail: string;
  fields?: Record<string, string>;
  current?: unknown;
}

export type ApiAnswer<T> =
  | { ok: true; value: T; headers: Headers }
  | { ok: false; status: number; error: ApiError; headers: Headers };

const UNREADABLE: ApiError = {
  error: "internal",
  detail: "The server gave an answer this page cannot read.",
};

async function readBody(response: Response): Promise<unknown> {
  const text = await response.text();
  if (!text) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isApiError(body: unknown): body is ApiError {
  return typeof body === "object" && body !== null && "error" in body && "detail" in body;
}

/** Calls the API as the visitor; a failure is a value. `extra` are headers besides the body's. */
export async function callApi<T>(
  context: AppLoadContext,
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  body?: unknown,
  extra: Record<string, string> = {},
): Promise<ApiAnswer<T>> {
  const init: RequestInit = { method, headers: extra };
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { "content-type": "application/json", ...extra };
  }
  const response = await context.api(path, init);
  const answer = await readBody(response);
  const { headers, status } = response;
  if (response.ok) return { ok: true, value: answer as T, headers };
  return { ok: false, status, headers, error: isApiError(answer) ? answer : UNREADABLE };
}

function signIn(request: Request): Response {
  const { pathname, search } = new URL(request.url);
  const back = request.method === "GET" ? `?next=${encodeURIComponent(pathname + search)}` : "";
  return redirect(`/login${back}`);
}

/** Only a missing session: a wrong password or code is a 401 as well, and the form's to show. */
function noSession<T>(answer: ApiAnswer<T>): boolean {
  return !answer.ok && answer.status === 401 && answer.error.error === "unauthenticated";
}

/** For actions: no session leads to sign-in, every other failure comes back as a value. */
export async function command<T>(
  context: AppLoadContext,
  request: Request,
  method: "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  body?: unknown,
  extra?: Record<string, string>,
): Promise<ApiAnswer<T>> {
  const answer = await callApi<T>(context, method, path, body, extra);
  if (noSession(answer)) throw signIn(request);
  return answer;
}

/** For loaders: no session leads to sign-in, other failures to the route's error boundary. */
export async function load<T>(context: AppLoadContext, request: Request, path: string): Promise<T> {
  const answer = await callApi<T>(context, "GET", path);
  if (answer.ok) return answer.value;
  if (noSession(answer)) throw signIn(request);
  if (answer.error.error === "totp_enrolment_required") throw redirect("/security/enrol");
  throw data(answer.error, { status: answer.status });
}
