import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freeLoopbackPort } from "../../dev/lib/port.ts";
import type { System } from "./systems.ts";

/** It takes alerts in and tells nobody, so that intake alone is measured. */
const CONFIGURATION = `
route:
  receiver: nobody
  group_by: [instance, alertname]
receivers:
  - name: nobody
`;

async function ready(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/-/ready`)).ok;
  } catch {
    return false;
  }
}

/** The installed prometheus-alertmanager alone on a free port; null where there is none. */
export async function startAlertmanager(): Promise<System | null> {
  const dir = mkdtempSync(join(tmpdir(), "alert-whisperer-bench-am-"));
  const config = join(dir, "alertmanager.yml");
  writeFileSync(config, CONFIGURATION);
  const port = await freeLoopbackPort();
  const child = spawn(
    "prometheus-alertmanager",
    [
      `--config.file=${config}`,
      `--storage.path=${join(dir, "data")}`,
      `--web.listen-address=127.0.0.1:${port}`,
      "--cluster.listen-address=",
    ],
    { stdio: "ignore" },
  );
  let ended = false;
  child.once("error", () => {
    ended = true;
  });
  child.once("exit", () => {
    ended = true;
  });
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    for (let tries = 0; !ended && tries < 100; tries++) await sleep(20);
    rmSync(dir, { recursive: true, force: true });
  };
  for (let tries = 0; tries < 200; tries++) {
    if (ended) break;
    if (await ready(port)) return { port, stop };
    await sleep(50);
  }
  await stop();
  return null;
}
