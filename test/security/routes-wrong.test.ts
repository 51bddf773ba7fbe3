import { beforeAll, describe, expect, it } from "vitest";
import { PERMISSIONS } from "../../core/permissions.ts";
import type { Route } from "../../worker/api/route.ts";
import { routes } from "../../worker/api/routes.ts";
import { type Made, requestFor, send, sendWhereTotpIsRequired } from "./call.ts";
import { type Caller, everyCaller, expected } from "./callers.ts";
import { settle, stateOf } from "./digest.ts";
import { entryOf, nameOf } from "./entries/index.ts";
import { newWorld, type World } from "./world.ts";

const guarded = routes
  .filter((route) => route.access !== "public")
  .map((route) => [nameOf(route), route] as const);

let world: World;
let callers: Caller[];
beforeAll(async () => {
  world = await newWorld();
  callers = await everyCaller(world);
}, 60_000);

const call = (route: Route, made: Made, { credentials, enrolling }: Caller) =>
  (enrolling ? sendWhereTotpIsRequired : send)(requestFor(route, made, credentials));

/** Ids of the same shape under which there is nothing. */
function elsewhere(made: Made): Made {
  const nothing = (id: string) => id.replace(/_[0-9a-z]{16}/, "_zzzzzzzzzzzzzzzz");
  const all = (of: Record<string, string> | undefined) =>
    Object.fromEntries(Object.entries(of ?? {}).map(([name, id]) => [name, nothing(id)]));
  return { ...made, params: all(made.params), query: all(made.query) };
}

describe("every wrong caller is refused exactly, and changes and learns nothing", () => {
  it.each(guarded)("%s", { timeout: 60_000 }, async (name, route) => {
    const entry = entryOf(route);
    if (route.access === "public") throw new Error("not walked here");
    const [role] = PERMISSIONS[route.access].roles;
    const made = (await entry.make?.(world, await world.person(role))) ?? {};
    const before = await settle(world);
    for (const caller of callers) {
      const wanted = expected(route, entry, caller);
      // Whoever may do it, does so in another test; reading is harmless, and may show nothing of `a`.
      if (wanted === null && (route.method !== "GET" || caller.sees)) continue;
      const answer = await call(route, made, caller);
      const text = await answer.text();
      if (wanted === null) {
        expect(answer.status, `${caller.name}: ${text}`).toBeLessThan(300);
      } else {
        const said = answer.headers.get("content-type")?.includes("json") ? JSON.parse(text).error : text;
        expect([caller.name, answer.status, said]).toEqual([caller.name, wanted.status, wanted.error]);
      }
      for (const mark of world.marks) expect(text, `${name} tells ${caller.name}`).not.toContain(mark);
      if (wanted?.status === 404 && caller.msp === "stranger") {
        const unknown = await call(route, elsewhere(made), caller);
        expect(await unknown.text(), "as if it did not exist").toBe(text);
      }
    }
    expect(await stateOf(world)).toEqual(before);
  });
});
