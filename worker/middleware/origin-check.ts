import type { MiddlewareHandler } from "hono";
import { failureResponse } from "../api/errors.ts";
import type { AppEnv } from "../api/route.ts";
import { bearerToken } from "../auth/personal-token.ts";
import { cookieToken } from "../auth/token.ts";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * A browser says where a state change comes from: another site's is refused, and one that rides on a
 * cookie must say it at all. Sockets too, since they carry cookies and know no CORS.
 */
export const originCheck: MiddlewareHandler<AppEnv> = async (c, next) => {
  const request = c.req.raw;
  const upgrade = request.headers.get("Upgrade")?.toLowerCase() === "websocket";
  if (SAFE.has(request.method) && !upgrade) return next();
  const origin = request.headers.get("Origin");
  const url = new URL(request.url);
  // A token in a header is none: no browser adds one to another site's request.
  const byCookie = bearerToken(request) === null && cookieToken(request) !== null;
  const named = origin === null ? upgrade || !byCookie : origin === url.origin;
  // A browser's own word, which no page can change; "none" is a person's, as from the address bar.
  const site = request.headers.get("Sec-Fetch-Site") ?? "none";
  if (named && (site === "same-origin" || site === "none")) return next();
  return failureResponse({
    code: "bad_origin",
    detail: "This change was sent from another site. Send it with this site's own Origin header.",
  });
};
