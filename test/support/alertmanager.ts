import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freeLoopbackPort } from "../../dev/lib/port.ts";

/** Empty where Debian's package is not installed; `npm test` says so, and its tests are to be skipped. */
export const ALERTMANAGER = process.env.AW_ALERTMANAGER ?? "";

export interface PrometheusAlert {
  labels: Record<string, string>;
  annotations?: Record<string, string>;
  generatorURL?: string;
}

export interface TestAlertmanager {
  url: string;
  /** Firing, as Prometheus reports it. */
  fire(alerts: PrometheusAlert[]): Promise<void>;
  /** The same alerts again, ended now: Alertmanager notifies of the recovery. */
  resolve(alerts: PrometheusAlert[]): Promise<void>;
  output(): string;
  stop(): Promise<void>;
}

const configuration = (webhookUrl: string): string => `
route:
  receiver: alert-whisperer
  group_by: [alertname]
  group_wait: 200ms
  group_interval: 1s
  repeat_interval: 1h
receivers:
  - name: alert-whisperer
    webhook_configs:
      - url: ${webhookUrl}
        send_resolved: true
`;

/** Starts the real prometheus-alertmanager with one webhook receiver, short waits and a port of its own. */
export async function startAlertmanager(webhookUrl: string): Promise<TestAlertmanager> {
  if (!ALERTMANAGER) throw new Error("AW_ALERTMANAGER is not set: run these tests through npm test");
  const folder = mkdtempSync(join(tmpdir(), "alertmanager-"));
  const config = join(folder, "alertmanager.yml");
  writeFileSync(config, configuration(webhookUrl));
  const port = await freeLoopbackPort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(
    ALERTMANAGER,
    [
      `--config.file=${config}`,
      `--storage.path=${join(folder, "data")}`,
      `--web.listen-address=127.0.0.1:${port}`,
      "--cluster.listen-address=",
    ],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  let printed = "";
  child.stdout.on("data", (chunk: Buffer) => {
    printed += chunk.toString("utf8");
  });
  child.stderr.on("data", (chunk: Buffer) => {
    printed += chunk.toString("utf8");
  });

  const post = async (alerts: unknown[]): Promise<void> => {
    const response = await fetch(`${url}/api/v2/alerts`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(alerts),
    });
    if (!response.ok) throw new Error(`Alertmanager answered ${response.status}: ${await response.text()}`);
  };
  const ready = async (): Promise<boolean> => {
    try {
      return (await fetch(`${url}/-/ready`)).ok;
    } catch {
      return false;
    }
  };
  for (let tries = 0; !(await ready()); tries++) {
    if (child.exitCode !== null || tries > 200) throw new Error(`Alertmanager did not start:\n${printed}`);
    await sleep(50);
  }
  return {
    url,
    fire: async (alerts) => await post(alerts),
    resolve: async (alerts) =>
      await post(alerts.map((alert) => ({ ...alert, endsAt: new Date().toISOString() }))),
    output: () => printed,
    async stop() {
      child.kill("SIGTERM");
      for (let tries = 0; child.exitCode === null && child.signalCode === null && tries < 100; tries++) {
        await sleep(20);
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
