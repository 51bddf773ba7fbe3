import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ApiClient } from "../../dev/lib/api-client.ts";
import { inRoot } from "../../dev/lib/paths.ts";
import type { PidFile } from "../../dev/lib/pid-file.ts";
import { freeLoopbackPort } from "../../dev/lib/port.ts";
import { isAlive } from "../../dev/lib/processes.ts";
import type { FirstRun, LocalCompany, SignIn } from "../../dev/lib/secrets-file.ts";
import { type DeliveryOptions, signedRequest } from "./signing.ts";

const READY = "Alert Whisperer runs at";
const START_TIMEOUT_MS = 60_000;

export interface TestInstance {
  url: string;
  dataDir: string;
  company: LocalCompany;
  admin: SignIn;
  /** The API as the first admin, signed in. */
  signIn(): Promise<ApiClient>;
  /** Posts to the company's webhook, signed unless told otherwise. */
  post(payload: unknown, options?: DeliveryOptions): Promise<Response>;
  /** Everything the process printed so far. */
  output(): string;
  /** Asks it to end and waits; its data goes as well when startInstance made the folder. */
  stop(): Promise<void>;
  /** SIGKILL to the runtime and its parent at once; the data stays for the next start. */
  kill9(): Promise<void>;
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, "utf8")) as T;
}

async function untilReady(child: ChildProcess, output: () => string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!output().includes(READY)) {
    if (child.exitCode !== null) throw new Error(`the instance ended with ${child.exitCode}:\n${output()}`);
    if (Date.now() > deadline) throw new Error(`the instance was not ready in time:\n${output()}`);
    await sleep(50);
  }
}

async function untilGone(pids: number[]): Promise<void> {
  for (let tries = 0; tries < 200 && pids.some(isAlive); tries++) await sleep(25);
}

/** Once as a newcomer does, who makes the first company, and then with other settings on the same data. */
async function startTwice(env: Record<string, string>): Promise<TestInstance> {
  const dataDir = mkdtempSync(join(tmpdir(), "alert-whisperer-"));
  await (await startInstance({ dataDir })).stop();
  const instance = await startInstance({ dataDir, env });
  return {
    ...instance,
    async stop() {
      await instance.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Starts what `npm start` starts, on a port and data folder of its own, and waits until it answers. */
export async function startInstance(
  options: { dataDir?: string; port?: number; env?: Record<string, string> } = {},
): Promise<TestInstance> {
  if (options.env && !options.dataDir) return await startTwice(options.env);
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), "alert-whisperer-"));
  const port = options.port ?? (await freeLoopbackPort());
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", inRoot("dev", "start.ts")],
    {
      cwd: inRoot(),
      env: { ...process.env, ...options.env, PORT: String(port), DATA_DIR: dataDir, NODE_OPTIONS: "" },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let printed = "";
  child.stdout.on("data", (chunk: Buffer) => {
    printed += chunk.toString("utf8");
  });
  child.stderr.on("data", (chunk: Buffer) => {
    printed += chunk.toString("utf8");
  });
  try {
    await untilReady(child, () => printed);
  } catch (error) {
    child.kill("SIGTERM");
    throw error;
  }
  const url = `http://127.0.0.1:${port}`;
  const file = readJson<FirstRun>(join(dataDir, "first-run.json"));
  if (!file.company) throw new Error("the instance made no first company");
  const company = file.company;
  return {
    url,
    dataDir,
    company,
    admin: file.sign_in,
    output: () => printed,
    async signIn() {
      const client = new ApiClient(url);
      await client.json("POST", "/api/auth/login", file.sign_in);
      return client;
    },
    post: async (payload, delivery) =>
      await fetch(await signedRequest(company, payload, { origin: url, ...delivery })),
    async stop() {
      child.kill("SIGTERM");
      await untilGone([child.pid ?? 0]);
      if (!options.dataDir) rmSync(dataDir, { recursive: true, force: true });
    },
    async kill9() {
      const { workerd } = readJson<PidFile>(join(dataDir, "pid"));
      const pids = [...workerd, child.pid ?? 0];
      for (const pid of pids) {
        try {
          process.kill(pid, "SIGKILL");
        } catch {
          // It had ended already.
        }
      }
      await untilGone(pids);
    },
  };
}
