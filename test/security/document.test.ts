import { SELF } from "cloudflare:test";
import { expect, it } from "vitest";
import { ADAPTERS } from "../../core/adapters/index.ts";
import { PATHS_BY_HAND } from "../../worker/api/openapi-extra.ts";
import { routes } from "../../worker/api/routes.ts";
import { API } from "../support/addresses.ts";
import { ENTRIES, entryOf, nameOf } from "./entries/index.ts";

/** What the document describes by hand, and where its walls are proved. */
const BY_HAND: Record<string, string> = {
  ...Object.fromEntries(
    [...ADAPTERS.keys()].map((tool) => [`/api/webhooks/${tool}`, "test/worker/native-tools.test.ts"]),
  ),
  "/api/live": "test/security/sockets.test.ts",
  "/api/portal/live": "test/security/sockets.test.ts",
};

it("the suite knows every address of the document", async () => {
  const document = await (await SELF.fetch(`${API}/api/openapi.json`)).json<{
    paths: Record<string, Record<string, unknown>>;
  }>();
  const described = Object.entries(document.paths).flatMap(([path, operations]) =>
    path in PATHS_BY_HAND ? [] : Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(described.sort()).toEqual(routes.map(nameOf).sort());
  const unknown = described.filter((name) => !ENTRIES[name]);
  expect(unknown, "each needs an entry in test/security/entries/").toEqual([]);
  for (const path of Object.keys(PATHS_BY_HAND))
    expect(BY_HAND[path], `${path} needs a test of its walls, named in this file`).toBeDefined();
});

it("has no entry for a route that is gone", () => {
  const known = new Set(routes.map(nameOf));
  expect(Object.keys(ENTRIES).filter((name) => !known.has(name))).toEqual([]);
});

it("every route that changes something says what it notes in the audit log, or why nothing", () => {
  const silent = routes.filter((route) => route.method !== "GET" && !route.audit).map(nameOf);
  expect(silent).toEqual([]);
  for (const route of routes) expect(() => entryOf(route)).not.toThrow();
});
