import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, createServer, type InlineConfig } from "vite";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ADAPTERS } from "../../core/adapters/index.ts";
import {
  notificationScript,
  notificationScripts,
  SCRIPT_TOOLS,
  type ScriptTool,
} from "../../dev/lib/notification-scripts.ts";
import { inRoot } from "../../dev/lib/paths.ts";
import staticFiles from "../../dev/static-files.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** What a build puts beside its pages: here of an empty page, with the project's own public files. */
const built = temporaryFolder();
const settings = (): InlineConfig => ({
  configFile: false,
  logLevel: "error",
  root: built.path,
  publicDir: inRoot("public"),
  plugins: [notificationScripts()],
});

beforeAll(async () => {
  const input = join(built.path, "page.js");
  writeFileSync(input, "");
  await build({
    ...settings(),
    build: { outDir: join(built.path, "client"), rollupOptions: { input } },
  });
});
afterAll(() => built.remove());

const DISK = {
  fetch: async (url: string) =>
    new Response(readFileSync(join(built.path, "client", new URL(url).pathname), "utf8")),
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
    expect.arrayContaining(SCRIPT_TOOLS.map((tool) => `/integrations/${tool}.sh`)),
  );
});

const SCRIPTS = SCRIPT_TOOLS.map((tool): [ScriptTool] => [tool]);

it.each(SCRIPTS)("the script of %s is one file of its own, its beginning its tool's", async (tool) => {
  const response = await staticFiles.fetch(new Request(`http://local/integrations/${tool}.sh`), { DISK });
  const script = await response.text();
  expect(script).toMatch(/^#!\/bin\/sh\n/);
  expect(script).toContain(`\nTOOL=${tool}\n`);
  expect(script.match(/^#!/gm)).toHaveLength(1);
  expect(script).toBe(notificationScript(tool));
});

it("development serves the scripts under the same addresses", async () => {
  const server = await createServer({
    ...settings(),
    appType: "custom",
    server: { port: 0, host: "127.0.0.1", ws: false, watch: null },
  });
  try {
    await server.listen();
    const [origin] = server.resolvedUrls?.local ?? [];
    for (const tool of SCRIPT_TOOLS) {
      const response = await fetch(new URL(`/integrations/${tool}.sh?x=1`, origin));
      expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8");
      expect(await response.text()).toBe(notificationScript(tool));
    }
    expect((await fetch(new URL("/integrations/prtg.sh", origin))).status).toBe(404);
  } finally {
    await server.close();
  }
});
