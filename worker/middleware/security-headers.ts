import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "../api/route.ts";

const ALWAYS: Record<string, string> = {
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
};
const API_CSP = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** An upgrade passes untouched: a copy of a 101 would lose its socket. */
export const securityHeaders: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  if (c.res.status === 101) return;
  const url = new URL(c.req.url);
  const headers = c.res.headers;
  for (const [name, value] of Object.entries(ALWAYS)) headers.set(name, value);
  if (url.protocol === "https:")
    headers.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
  const requestId = c.get("request_id");
  if (requestId) headers.set("X-Request-Id", requestId);
  // An answer in JSON is the API's, or the error of a page that could not even be begun.
  const data = headers.get("Content-Type")?.startsWith("application/json");
  if (data || url.pathname.startsWith("/api/")) {
    if (!headers.has("Content-Security-Policy")) headers.set("Content-Security-Policy", API_CSP);
    if (!headers.has("Cache-Control")) headers.set("Cache-Control", "no-store");
  }
};
