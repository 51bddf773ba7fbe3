import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Where the built pages would be: the stub lets Worker tests run without a Remix build. */
const pagesStub = {
  find: /^.*\/build\/server\/index\.js$/,
  replacement: here("./dev/pages-stub.ts"),
};

export default defineConfig({
  test: {
    // A file waits for its runtime half of the time: two at once fit two cores.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // The Worker writes a line per request: of interest where a test fails.
    silent: "passed-only",
    reporters: process.env.AW_TEST_JSON ? ["default", "json"] : ["default"],
    ...(process.env.AW_TEST_JSON ? { outputFile: { json: process.env.AW_TEST_JSON } } : {}),
    projects: [
      {
        test: {
          name: "core",
          environment: "node",
          include: ["test/core/**/*.test.ts", "test/app/**/*.test.ts", "test/dev/**/*.test.ts"],
          setupFiles: ["test/support/fail-on-console-error.ts"],
        },
      },
      {
        resolve: { alias: [pagesStub] },
        define: { LOCAL_MAILBOX: "true" },
        // React is resolved as in production, whose build has no development JSX.
        esbuild: { jsxDev: false },
        plugins: [
          cloudflareTest(async () => ({
            main: "./worker/index.ts",
            wrangler: { configPath: "./wrangler.toml" },
            remoteBindings: false,
            miniflare: {
              bindings: {
                TEST_MIGRATIONS: await readD1Migrations(here("./migrations")),
                API_KEY_SECRET: Buffer.alloc(32, "k").toString("base64"),
                SESSION_SECRET: Buffer.alloc(32, "s").toString("base64"),
                SECRETS_KEY: Buffer.alloc(32, "e").toString("base64"),
              },
              serviceBindings: { ASSETS: () => new Response("no such file", { status: 404 }) },
            },
          })),
        ],
        test: {
          name: "workerd",
          include: [
            "test/durable-objects/**/*.test.ts",
            "test/worker/**/*.test.ts",
            "test/security/**/*.test.ts",
          ],
          setupFiles: ["test/support/workerd-setup.ts", "test/support/fail-on-console-error.ts"],
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: "e2e",
          environment: "node",
          include: ["test/e2e/**/*.test.ts", "test/scenario/**/*.test.ts"],
          setupFiles: ["test/support/fail-on-console-error.ts"],
          fileParallelism: false,
          // Real processes on a shared machine: once more in CI before a landing is refused; never at a desk.
          retry: process.env.CI ? 1 : 0,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      {
        // Real monitoring servers; only `npm run test:tools` runs these.
        test: {
          name: "tools",
          environment: "node",
          include: ["test/tools/**/*.test.ts"],
          setupFiles: ["test/support/fail-on-console-error.ts"],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
