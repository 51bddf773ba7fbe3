import * as z from "zod";
import { ok } from "../../core/errors.ts";
import { openApi } from "./openapi.ts";
import { PATHS_BY_HAND } from "./openapi-extra.ts";
import { type Route, route } from "./route.ts";

/** `GET /api/openapi.json`, made once: it does not change while the Worker runs. */
export function documentRoute(routes: readonly Route[]): Route {
  let document: Record<string, unknown> | null = null;
  const self: Route = route({
    method: "GET",
    path: "/api/openapi.json",
    summary: "This document",
    access: "public",
    success: { status: 200, description: "OpenAPI 3.1", schema: z.record(z.string(), z.unknown()) },
    async handler() {
      document ??= openApi([...routes, self], PATHS_BY_HAND);
      return ok(document);
    },
  });
  return self;
}
