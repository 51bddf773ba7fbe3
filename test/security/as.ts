import { SELF } from "cloudflare:test";
import { API } from "../support/addresses.ts";
import type { Colleague } from "../support/colleague.ts";

/** One call of the API in somebody's name. */
export function as(
  { cookie }: Pick<Colleague, "cookie">,
  method: string,
  path: string,
  json?: unknown,
): Promise<Response> {
  const body = json === undefined ? null : JSON.stringify(json);
  return SELF.fetch(`${API}${path}`, { method, headers: { cookie, origin: API }, body });
}
