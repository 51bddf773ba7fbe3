import { createExecutionContext, SELF, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { Route } from "../../worker/api/route.ts";
import worker from "../../worker/index.ts";
import { API } from "../support/addresses.ts";
import type { Entry } from "./entry.ts";

export type Made = Awaited<ReturnType<NonNullable<Entry["make"]>>>;

const randomAddress = () => `10.${[...crypto.getRandomValues(new Uint8Array(3))].join(".")}`;

/** The request that `made` describes, with these credentials. */
export function requestFor(route: Route, made: Made, credentials: Record<string, string>): Request {
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(made.params?.[name] ?? "none"),
  );
  const url = new URL(path, API);
  for (const [name, value] of Object.entries(made.query ?? {})) url.searchParams.set(name, value);
  const json = made.body ?? (route.body ? {} : undefined);
  const body = made.raw ?? (json === undefined ? null : JSON.stringify(json));
  const headers = new Headers({
    origin: API,
    "cf-connecting-ip": randomAddress(),
    ...made.headers,
    ...credentials,
  });
  return new Request(url, { method: route.method, headers, body });
}

export const send = (request: Request): Promise<Response> => SELF.fetch(request);

/** As an instance that requires its admins' second factor would answer. */
export async function sendWhereTotpIsRequired(request: Request): Promise<Response> {
  const ctx = createExecutionContext();
  const answer = await worker.fetch(
    request as Parameters<typeof worker.fetch>[0],
    { ...env, REQUIRE_ADMIN_TOTP: "true" },
    ctx,
  );
  const whole = new Response(await answer.arrayBuffer(), answer);
  await waitOnExecutionContext(ctx);
  return whole;
}
