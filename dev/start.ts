import { parseArgs } from "node:util";
import { buildAll } from "./build.ts";
import { banner } from "./lib/banner.ts";
import { ensureFirstCompany } from "./lib/first-run.ts";
import { startInstance, whyNotStart } from "./lib/instance.ts";
import { dataDir } from "./lib/paths.ts";
import { portFromEnvironment } from "./lib/port.ts";
import { shutDown, stopOnSignals } from "./lib/shutdown.ts";

/** `npm start`: everything on one machine, on the real runtime, until Ctrl-C. `--demo` adds a played stream. */
async function start(): Promise<void> {
  const { values } = parseArgs({ options: { demo: { type: "boolean" }, seed: { type: "string" } } });
  const host = process.env.HOST ?? "127.0.0.1";
  const port = portFromEnvironment(8787);
  const data = dataDir();
  const problem = await whyNotStart(host, port, data);
  if (problem) throw new Error(problem);
  stopOnSignals();
  // Tests start many instances on one build.
  if (process.env.AW_SKIP_BUILD !== "1") await buildAll();
  const { origin, file } = await startInstance(host, port, data);
  await ensureFirstCompany(origin, data, file);
  if (file.company) console.log(banner(origin, file.sign_in, file.company, data));
  if (values.demo) {
    const { playDemo } = await import("./demo/play.ts");
    await playDemo(origin, data, file, Number(values.seed ?? Date.now()));
  }
}

try {
  await start();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  await shutDown(1);
}
