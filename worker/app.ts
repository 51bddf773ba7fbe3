/// <reference path="./build.d.ts" />
import "./zod-setup.ts";
import { Hono } from "hono";
import { failureResponse, unexpected } from "./api/errors.ts";
import { mount } from "./api/mount.ts";
import type { AppEnv } from "./api/route.ts";
import { routes } from "./api/routes.ts";
import type { Env } from "./env.ts";
import { live } from "./live.ts";
import { originCheck } from "./middleware/origin-check.ts";
import { requestLog } from "./middleware/request-log.ts";
import { securityHeaders } from "./middleware/security-headers.ts";
import { mountMailbox } from "./notify/mailbox.ts";
import { portalLive } from "./portal-live.ts";

/** Calls the API in-process; the request must be one the Worker made itself. */
export type ApiCall = (request: Request) => Promise<Response>;
/** Renders a page for any path that is not the API's. */
export type Pages = (request: Request, env: Env, ctx: ExecutionContext, api: ApiCall) => Promise<Response>;

/** The HTTP face for people: API, live stream, health and, for all else, `pages`. Webhooks come before it. */
export function createApp(options: { pages: Pages }): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.use(requestLog);
  app.use(securityHeaders);
  app.use(originCheck);
  app.get("/api/live", (c) => {
    c.set("pattern", "/api/live");
    return live(c);
  });
  app.get("/api/portal/live", (c) => {
    c.set("pattern", "/api/portal/live");
    return portalLive(c);
  });
  // A constant of the build: what is deployed does not even contain it.
  if (LOCAL_MAILBOX) mountMailbox(app);
  mount(app, routes);
  app.all("/api/*", () =>
    failureResponse({
      code: "not_found",
      detail: "There is nothing at this address; see /api/openapi.json.",
    }),
  );
  app.all("*", (c) => {
    const api: ApiCall = async (request) => app.fetch(request, c.env, c.executionCtx);
    return options.pages(c.req.raw, c.env, c.executionCtx as ExecutionContext, api);
  });
  app.onError((error, c) => failureResponse(unexpected(error, c.get("pattern") ?? "page")));
  return app;
}
