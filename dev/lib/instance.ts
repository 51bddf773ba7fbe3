import { removePidFile, runningInstance, writePidFile } from "./pid-file.ts";
import { portProblem } from "./port.ts";
import { type Runtime, startRuntime } from "./runtime.ts";
import { type FirstRun, loadFirstRun } from "./secrets-file.ts";
import { onShutdown } from "./shutdown.ts";

export interface Instance {
  origin: string;
  runtime: Runtime;
  file: FirstRun;
}

/** A sentence that tells why this instance cannot start, or null. Asked before anything is built. */
export async function whyNotStart(host: string, port: number, dataDir: string): Promise<string | null> {
  const other = runningInstance(dataDir);
  if (other) {
    return `Alert Whisperer already runs on ${dataDir} (process ${other.pid}, ${other.url}). Stop it first, or give this one its own data: DATA_DIR=.data-2 PORT=${port + 1} npm start`;
  }
  return await portProblem(host, port);
}

/**
 * Starts the runtime on a data folder, with its pid file, to be stopped by the shutdown tasks.
 * `publicOrigin` is where people reach it, when that is not the runtime itself.
 */
export async function startInstance(
  host: string,
  port: number,
  dataDir: string,
  bundle?: string,
  publicOrigin?: string,
): Promise<Instance> {
  const origin = publicOrigin ?? `http://${host === "0.0.0.0" ? "127.0.0.1" : host}:${port}`;
  const file = loadFirstRun(dataDir);
  const note = (workerd: number[]): void => writePidFile(dataDir, { pid: process.pid, url: origin, workerd });
  note([]);
  onShutdown(() => removePidFile(dataDir));
  const runtime = await startRuntime({
    host,
    port,
    dataDir,
    secrets: file.secrets,
    bundle,
    onProcesses: note,
  });
  onShutdown(() => runtime.stop());
  return { origin, runtime, file };
}
