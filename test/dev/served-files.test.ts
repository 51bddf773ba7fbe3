import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { ADAPTERS } from "../../core/adapters/index.ts";
import { inRoot } from "../../dev/lib/paths.ts";
import staticFiles from "../../dev/static-files.ts";

const DISK = {
  fetch: async (url: string) => new Response(readFileSync(inRoot("public", new URL(url).pathname), "utf8")),
};

const FILES = [...ADAPTERS.values()].flatMap(({ tool, guide }) =>
  (guide.files ?? []).map(({ path }): [string, string] => [tool, path]),
);

it.each(FILES)("what the guide of %s speaks of is served: %s", async (_, path) => {
  const response = await staticFiles.fetch(new Request(`http://local${path}`), { DISK });
  expect(response.status).toBe(200);
  // Shown or saved by a browser, never run.
  expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  expect((await response.text()).length).toBeGreaterThan(500);
});

it("a guide speaks of each script", () => {
  expect(FILES.map(([, path]) => path)).toEqual(
    expect.arrayContaining(["nagios.sh", "icinga2.sh", "checkmk.sh"].map((name) => `/integrations/${name}`)),
  );
});
