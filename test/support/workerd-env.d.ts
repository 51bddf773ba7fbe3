import type { D1Migration } from "@cloudflare/vitest-plugin";
import type { Env as WorkerEnv } from "../../worker/env.ts";

declare global {
  namespace Cloudflare {
    interface Env extends WorkerEnv {
      TEST_MIGRATIONS: D1Migration[];
    }
    interface GlobalProps {
      mainModule: typeof import("../../worker/index.ts");
      durableNamespaces: "Company" | "MspHub" | "JobRunner";
    }
  }

  interface ImportMeta {
    /** Vite's: what the files that fit export, by path. */
    glob<T>(pattern: string, options: { eager: true; import: "default" }): Record<string, T>;
  }
}
