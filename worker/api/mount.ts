import type { Hono } from "hono";
import { failureResponse } from "./errors.ts";
import type { AppContext, AppEnv, Route } from "./route.ts";

const honoPath = (path: string) => path.replace(/\{(\w+)\}/g, ":$1");

/** Mounts every route; a known path with another method answers 405 and says which it takes. */
export function mount(app: Hono<AppEnv>, routes: readonly Route[]): void {
  const methods = new Map<string, string[]>();
  for (const route of routes) {
    const taken = methods.get(route.path) ?? [];
    methods.set(route.path, [...taken, route.method]);
    app.on(route.method, honoPath(route.path), (c: AppContext) => {
      c.set("pattern", route.path);
      return route.run(c);
    });
  }
  for (const [path, allowed] of methods) {
    app.all(honoPath(path), (c) => {
      c.set("pattern", path);
      const answer = failureResponse({
        code: "method_not_allowed",
        detail: `This address takes ${allowed.join(", ")}.`,
      });
      answer.headers.set("Allow", allowed.join(", "));
      return answer;
    });
  }
}
