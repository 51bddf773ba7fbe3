import { SELF } from "cloudflare:test";
import { API } from "./addresses.ts";

let network = 0;

/** One call of the API as a browser makes it: with a session's cookie or none, from an address of its own. */
export function call(method: string, path: string, json?: unknown, cookie?: string): Promise<Response> {
  network += 1;
  const headers: Record<string, string> = {
    origin: API,
    "cf-connecting-ip": `198.18.${network >> 8}.${network & 255}`,
  };
  if (cookie) headers.cookie = cookie;
  if (json !== undefined) headers["content-type"] = "application/json";
  const body = json === undefined ? undefined : JSON.stringify(json);
  return SELF.fetch(`${API}${path}`, { method, headers, body });
}

/** `name=value` of every cookie that an answer sets. */
export function cookiesOf(answer: Response): string {
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}
