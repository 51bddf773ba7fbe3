import { builtinModules } from "node:module";
import type { BuildOptions, Plugin } from "esbuild";
import { DEV_BUNDLE, inRoot, STATIC_BUNDLE, WORKER_BUNDLE } from "./paths.ts";

/** Packages that name Node's modules without the prefix mean the ones that workerd brings. */
const nodePrefix: Plugin = {
  name: "node-prefix",
  setup(build) {
    const names = new RegExp(`^(${builtinModules.filter((name) => !name.startsWith("_")).join("|")})$`);
    build.onResolve({ filter: names }, ({ path }) => ({ path: `node:${path}`, external: true }));
  },
};

const shared: BuildOptions = {
  bundle: true,
  format: "esm",
  platform: "browser",
  target: "es2022",
  conditions: ["workerd", "worker", "browser"],
  mainFields: ["browser", "module", "main"],
  external: ["cloudflare:*", "node:*"],
  absWorkingDir: inRoot(),
  logLevel: "warning",
  plugins: [nodePrefix],
};

/** The Worker as workerd runs it: one module, readable, with a source map beside it. */
export function workerBundle(mode: "production" | "development"): BuildOptions {
  return {
    ...shared,
    entryPoints: ["worker/index.ts"],
    outfile: WORKER_BUNDLE,
    sourcemap: "linked",
    define: { "process.env.NODE_ENV": JSON.stringify(mode), LOCAL_MAILBOX: "true" },
  };
}

/** The Worker under `npm run dev`: without pages, which Vite renders there. */
export function workerDevBundle(): BuildOptions {
  const stub: Plugin = {
    name: "pages-stub",
    setup(build) {
      build.onResolve({ filter: /\/build\/server\/index\.js$/ }, () => ({
        path: inRoot("dev", "pages-stub.ts"),
      }));
    },
  };
  const options = workerBundle("development");
  return { ...options, outfile: DEV_BUNDLE, plugins: [...(options.plugins ?? []), stub] };
}

/** Serves build/client locally, as Workers Assets do in production. */
export function staticBundle(): BuildOptions {
  return { ...shared, entryPoints: ["dev/static-files.ts"], outfile: STATIC_BUNDLE };
}
