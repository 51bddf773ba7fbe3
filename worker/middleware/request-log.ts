import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "../api/route.ts";
import { log } from "../log.ts";

/** One line a request: the route's pattern, never the query string, where API keys may lie. */
export const requestLog: MiddlewareHandler<AppEnv> = async (c, next) => {
  const started = Date.now();
  const requestId = c.req.header("CF-Ray") ?? crypto.randomUUID();
  c.set("request_id", requestId);
  await next();
  log("request", {
    request_id: requestId,
    method: c.req.method,
    route: c.get("pattern") ?? "page",
    status: c.res.status,
    ms: Date.now() - started,
  });
};
