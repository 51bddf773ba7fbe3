import { readFileSync } from "node:fs";
import type { Plugin } from "vite";
import { inRoot } from "./paths.ts";

/** What the scripts are made of, relative to the repository. */
export const SCRIPT_SOURCES = "dev/notification-scripts";
export const SCRIPT_TOOLS = ["nagios", "icinga2", "checkmk"] as const;
export type ScriptTool = (typeof SCRIPT_TOOLS)[number];

const fileOf = (tool: ScriptTool) => `integrations/${tool}.sh`;
const source = (name: string) => readFileSync(inRoot(SCRIPT_SOURCES, `${name}.sh`), "utf8");

/** One tool's script, whole: its own part, then the one that all have. */
export function notificationScript(tool: ScriptTool): string {
  return `${source(tool)}\n${source("common")}`;
}

/** Puts the scripts beside the built files, and serves them in development, as /integrations/TOOL.sh. */
export function notificationScripts(): Plugin {
  let ssr = false;
  return {
    name: "notification-scripts",
    configResolved(config) {
      ssr = Boolean(config.build.ssr);
    },
    generateBundle() {
      if (ssr) return;
      for (const tool of SCRIPT_TOOLS)
        this.emitFile({ type: "asset", fileName: fileOf(tool), source: notificationScript(tool) });
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = request.url?.split("?")[0];
        const tool = SCRIPT_TOOLS.find((one) => path === `/${fileOf(one)}`);
        if (!tool) return next();
        response.writeHead(200, { "content-type": "text/plain; charset=utf-8" });
        response.end(notificationScript(tool));
      });
    },
  };
}
