import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { Role } from "../../core/actor.ts";
import { PERMISSIONS } from "../../core/permissions.ts";
import type { Route } from "../../worker/api/route.ts";
import { routes } from "../../worker/api/routes.ts";
import { requestFor, send } from "./call.ts";
import { settle } from "./digest.ts";
import { entryOf, nameOf } from "./entries/index.ts";
import { newWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await newWorld();
}, 60_000);

interface Noted {
  id: string;
  action: string;
  actor_id: string;
}

async function notes(): Promise<Map<string, Noted>> {
  const { results } = await env.DB.prepare("SELECT id, action, actor_id FROM audit_entries").all<
    Noted & Record<string, unknown>
  >();
  return new Map(results.map((row) => [row.id, row]));
}

/** Notes made since, where `by` is given those of that person; whatever is on its way arrives first. */
async function newNotes(before: Map<string, Noted>, by: string | null): Promise<Noted[]> {
  await settle(world);
  const since = [...(await notes()).values()].filter((note) => !before.has(note.id));
  return by === null ? since : since.filter((note) => note.actor_id === by);
}

function rolesOf(route: Route): readonly Role[] {
  return route.access === "public" ? ["msp_admin"] : PERMISSIONS[route.access].roles;
}

const cases = routes.flatMap((route) => rolesOf(route).map((role) => [nameOf(route), role, route] as const));

describe("every right caller gets through, and what they change is noted", () => {
  it.each(cases)("%s by %s", { timeout: 30_000 }, async (_, role, route) => {
    const entry = entryOf(route);
    const who = await world.person(role);
    const made = (await entry.make?.(world, who)) ?? {};
    await settle(world);
    const before = await notes();
    const answer = await send(requestFor(route, made, { cookie: who.cookie }));
    const text = await answer.text();
    expect(answer.status, text).toBe(entry.answers?.status ?? route.success.status);
    const noted = await newNotes(before, route.access === "public" ? null : who.id);
    const { audit } = route;
    if (route.method === "GET" || !audit || !Array.isArray(audit) || entry.answers) {
      expect(noted, "notes where none are declared").toEqual([]);
      return;
    }
    expect(noted.length, "notes").toBeGreaterThan(0);
    for (const note of noted) expect(audit).toContain(note.action);
  });
});
