import { mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare, type MiniflareOptions } from "miniflare";
import { unstable_getMiniflareWorkerOptions } from "wrangler";
import { applyMigrations } from "./d1-migrations.ts";
import { printLog } from "./logs.ts";
import { CLIENT_DIR, inRoot, STATIC_BUNDLE, WORKER_BUNDLE } from "./paths.ts";
import { ownWorkerds } from "./processes.ts";
import { statePath } from "./secrets-file.ts";
import { withoutSignalHandlers } from "./shutdown.ts";
import { startWatchdog } from "./watchdog.ts";

const WORKER = "alert-whisperer";
const STATIC = "static-files";
const EVERY_MINUTE_MS = 60_000;
/** Every company is woken then: the alarms of the life before died with it. */
const BOOT = "@boot";
/** Without it deadlines wait for the minute's sweep, so a start that is not ready yet is asked again. */
const BOOT_TRIES = 5;
const BOOT_AGAIN_MS = 1000;

/**
 * Settings that a local run may try otherwise: `REQUIRE_ADMIN_TOTP=true npm start`. SNS_ENDPOINT_URL is where a
 * stand-in for Amazon SNS listens, which certificates and confirmations are then fetched from.
 */
const OVERRIDABLE = ["REQUIRE_ADMIN_TOTP", "SNS_ENDPOINT_URL"];

function overrides(): Record<string, string> {
  return Object.fromEntries(
    OVERRIDABLE.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** What of wrangler.toml is touched here; the rest of the options passes through as it comes. */
interface WorkerSettings {
  compatibilityDate: string;
  bindings?: Record<string, string>;
  serviceBindings?: Record<string, string>;
  assets?: { binding?: string };
}

export interface RuntimeOptions {
  host: string;
  port: number;
  dataDir: string;
  secrets: Record<string, string>;
  /** The Worker's bundle; default the one that `buildWorker` writes. */
  bundle?: string;
  /** Called with the runtime's process ids, at start and after a restart. */
  onProcesses?(pids: number[]): void;
}

export interface Runtime {
  mf: Miniflare;
  /** Runs the Worker's cron handler once. */
  sweep(): Promise<void>;
  /** Runs a rebuilt bundle; objects start anew on their stored state. */
  reload(): Promise<void>;
  stop(): Promise<void>;
}

function miniflareOptions(options: RuntimeOptions, onRestart: () => void): MiniflareOptions {
  const { workerOptions } = unstable_getMiniflareWorkerOptions(inRoot("wrangler.toml"));
  // Miniflare's own asset server stands before the Worker and costs five sixths of its speed.
  const { assets, ...worker } = workerOptions as typeof workerOptions & WorkerSettings;
  const bundle = options.bundle ?? WORKER_BUNDLE;
  const read = (path: string) => ({ type: "ESModule" as const, path, contents: readFileSync(path, "utf8") });
  return convertV4MiniflareOptions({
    host: "127.0.0.1",
    port: 0,
    // Otherwise it asks the network for its own location at start.
    cf: false,
    log: new Log(LogLevel.ERROR),
    logRequests: false,
    telemetry: { enabled: false },
    handleStructuredLogs: printLog,
    unsafeHandleRuntimeRestart: onRestart,
    resourcePersistencePath: statePath(options.dataDir),
    workers: [
      {
        ...worker,
        name: WORKER,
        modulesRoot: dirname(bundle),
        modules: [read(bundle)],
        bindings: { ...worker.bindings, ...overrides(), ...options.secrets },
        serviceBindings: { ...worker.serviceBindings, [assets?.binding ?? "ASSETS"]: STATIC },
        // The address people use: straight to the Worker, with no development proxy in between.
        unsafeDirectSockets: [{ host: options.host, port: options.port }],
      },
      {
        name: STATIC,
        compatibilityDate: worker.compatibilityDate,
        modulesRoot: dirname(STATIC_BUNDLE),
        modules: [read(STATIC_BUNDLE)],
        serviceBindings: { DISK: { disk: { path: CLIENT_DIR } } },
      },
    ],
  });
}

/** Starts workerd on the built bundles, migrates its database and sweeps at once and each minute. */
export async function startRuntime(options: RuntimeOptions): Promise<Runtime> {
  mkdirSync(CLIENT_DIR, { recursive: true });
  const watchdog = startWatchdog();
  let stopping = false;
  const tellProcesses = (): void => {
    const pids = ownWorkerds();
    watchdog.guard(pids);
    options.onProcesses?.(pids);
  };
  const sweep = async (cron = "* * * * *", tries = cron === BOOT ? BOOT_TRIES : 1): Promise<void> => {
    if (stopping) return;
    try {
      const worker = await mf.getWorker(WORKER);
      await worker.scheduled({ cron });
    } catch (error) {
      if (stopping) return;
      printLog({ level: "error", message: `sweep failed: ${(error as Error).message}` });
      if (tries > 1) setTimeout(() => void sweep(cron, tries - 1), BOOT_AGAIN_MS);
    }
  };
  const onRestart = (): void => {
    if (stopping) return;
    tellProcesses();
    void sweep(BOOT);
  };
  const mf = await withoutSignalHandlers(async () => new Miniflare(miniflareOptions(options, onRestart)));
  const early = setInterval(tellProcesses, 100);
  try {
    await mf.ready;
    clearInterval(early);
    tellProcesses();
    await applyMigrations(mf, inRoot("migrations"));
  } catch (error) {
    clearInterval(early);
    await mf.dispose();
    watchdog.stop();
    throw error;
  }
  void sweep(BOOT);
  const timer = setInterval(() => void sweep(), EVERY_MINUTE_MS);
  return {
    mf,
    sweep,
    async reload() {
      await mf.setOptions(miniflareOptions(options, onRestart));
      tellProcesses();
      await applyMigrations(mf, inRoot("migrations"));
      void sweep(BOOT);
    },
    async stop() {
      stopping = true;
      clearInterval(timer);
      await mf.dispose();
      watchdog.stop();
    },
  };
}
