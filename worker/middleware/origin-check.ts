import type { MiddlewareHandler } from "hono";
import { failureResponse } from "../api/errors.ts";
import type { AppEnv } from "../api/route.ts";
import { cookieToken } from "../auth/token.ts";

/** null where no page is named; what cannot be read is nobody's. */
function originOf(referrer: string | null): string | null {
  if (referrer === null) return null;
  return URL.canParse(referrer) ? new URL(referrer).origin : "";
}

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * A browser says where a state change comes from, and another site's is refused. Sockets too, since they carry
 * cookies and know no CORS. Who says nothing at all to the API is a program with a cookie of its own; the
 * session's cookie is SameSite besides. A page's own forms are sent by browsers alone.
 */
export const originCheck: MiddlewareHandler<AppEnv> = async (c, next) => {
  const request = c.req.raw;
  const upgrade = request.headers.get("Upgrade")?.toLowerCase() === "websocket";
  if (SAFE.has(request.method) && !upgrade) return next();
  const origin = request.headers.get("Origin");
  const url = new URL(request.url);
  const from = origin ?? originOf(request.headers.get("Referer"));
  const program = url.pathname.startsWith("/api/") || cookieToken(request) === null;
  const named = from === null ? program : from === url.origin;
  // A browser's own word, which no page can change; "none" is a person's, as from the address bar.
  const site = request.headers.get("Sec-Fetch-Site") ?? "none";
  if (named && (site === "same-origin" || site === "none")) return next();
  return failureResponse({
    code: "bad_origin",
    detail: "This change was sent from another site. Send it with this site's own Origin header.",
  });
};
