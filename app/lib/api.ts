import type { ApiError } from "./api.server.ts";

export type { ApiError } from "./api.server.ts";

export type Answer<T> = { ok: true; value: T } | { ok: false; status: number; error: ApiError };

const OFFLINE: ApiError = { error: "unavailable", detail: "The server could not be reached." };

/** The API from the browser. A lost session leads to sign-in and back here. */
export async function api<T>(
  path: string,
  init: { method?: string; body?: unknown; signal?: AbortSignal } = {},
): Promise<Answer<T>> {
  let response: Response;
  try {
    response = await fetch(path, {
      method: init.method ?? "GET",
      signal: init.signal,
      ...(init.body === undefined
        ? {}
        : { body: JSON.stringify(init.body), headers: { "content-type": "application/json" } }),
    });
  } catch {
    return { ok: false, status: 0, error: OFFLINE };
  }
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return { ok: true, value: body as T };
  const error = typeof body === "object" && body && "detail" in body ? (body as ApiError) : OFFLINE;
  if (error.error === "unauthenticated")
    location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
  return { ok: false, status: response.status, error };
}
