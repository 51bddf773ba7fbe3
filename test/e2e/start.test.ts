import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { alertmanagerReceiver, curlLine } from "../../dev/lib/banner.ts";
import { inRoot } from "../../dev/lib/paths.ts";
import type { PidFile } from "../../dev/lib/pid-file.ts";
import { isAlive } from "../../dev/lib/processes.ts";
import { startInstance, type TestInstance } from "../support/instance.ts";

let instance: TestInstance;

beforeAll(async () => {
  instance = await startInstance();
});
afterAll(async () => {
  await instance.stop();
});

const pidFile = (): PidFile => JSON.parse(readFileSync(join(instance.dataDir, "pid"), "utf8")) as PidFile;

const startOn = (env: Record<string, string>) =>
  spawnSync(process.execPath, ["--disable-warning=ExperimentalWarning", inRoot("dev", "start.ts")], {
    cwd: inRoot(),
    env: { ...process.env, NODE_OPTIONS: "", ...env },
    encoding: "utf8",
    timeout: 30_000,
  });

test("the printed curl line sends an alert that is taken in, each time anew", async () => {
  const line = curlLine(instance.url, instance.company);
  expect(instance.output()).toContain(line);
  for (const run of [1, 2]) {
    // Within one second the signed bytes are the same, and those are a duplicate.
    if (run === 2) await sleep(1100);
    const answer = execFileSync("sh", ["-c", `${line} -w ' %{http_code}'`], { encoding: "utf8" });
    expect(answer).toMatch(/"status":"received".* 202$/s);
  }
});

test("what is printed names sign-in, webhook and an Alertmanager receiver", () => {
  expect(instance.output()).toContain(`${instance.admin.email}  /  ${instance.admin.password}`);
  expect(instance.output()).toContain(
    `${instance.url}/api/webhooks/alerts?api_key=${instance.company.api_key}`,
  );
  for (const line of alertmanagerReceiver(instance.url, instance.company).split("\n")) {
    expect(instance.output()).toContain(line);
  }
});

test("secrets on disk are for the owner alone", () => {
  expect(statSync(join(instance.dataDir, "first-run.json")).mode & 0o777).toBe(0o600);
});

test("the printed sign-in works", async () => {
  const client = await instance.signIn();
  expect(await client.json("GET", "/api/me")).toMatchObject({ user: { email: instance.admin.email } });
});

test("the first company may take what the machine can", async () => {
  const client = await instance.signIn();
  const limit = await client.json("GET", `/api/companies/${instance.company.id}/rate-limit`);
  expect(limit).toMatchObject({ requests_per_minute: 1_000_000, burst: 1_000_000 });
});

test("static files have a type, are kept for ever under /assets/ and never leave their folder", async () => {
  const page = await (await fetch(`${instance.url}/login`)).text();
  const asset = /\/assets\/[\w.-]+\.js/.exec(page)?.[0];
  const script = await fetch(new URL(asset ?? "", instance.url));
  expect(script.status).toBe(200);
  expect(script.headers.get("content-type")).toContain("text/javascript");
  expect(script.headers.get("cache-control")).toContain("immutable");
  for (const path of ["/assets/..%2f..%2fpackage.json", "/assets/nothing.js", "/_headers"]) {
    expect((await fetch(instance.url + path)).status, path).toBe(404);
  }
});

test("a second start on the same data, or on the same port, says why it cannot and ends with 1", () => {
  const sameData = startOn({ DATA_DIR: instance.dataDir, PORT: "8829" });
  expect(sameData.status).toBe(1);
  expect(sameData.stderr).toContain("already runs on");
  const samePort = startOn({ DATA_DIR: `${instance.dataDir}-other`, PORT: new URL(instance.url).port });
  expect(samePort.status).toBe(1);
  expect(samePort.stderr).toContain("is taken by another program");
});

test("killed outright, it takes its runtime along and starts again on the same data", async () => {
  const { pid, workerd } = pidFile();
  expect(workerd.length).toBeGreaterThan(0);
  process.kill(pid, "SIGKILL");
  for (let tries = 0; tries < 80 && workerd.some(isAlive); tries++) await sleep(25);
  expect(workerd.filter(isAlive)).toEqual([]);

  const before = instance;
  instance = await startInstance({ dataDir: before.dataDir, port: Number(new URL(before.url).port) });
  expect(instance.output()).toContain(curlLine(before.url, before.company));
  const client = await instance.signIn();
  const { items } = await client.json<{ items: { count: number }[] }>(
    "GET",
    `/api/alerts?company_id=${instance.company.id}`,
  );
  expect(items.map((alert) => alert.count)).toEqual([2]);
});

test("asked to stop, it ends with everything it started", async () => {
  const { workerd } = pidFile();
  await instance.stop();
  for (let tries = 0; tries < 80 && workerd.some(isAlive); tries++) await sleep(25);
  expect(workerd.filter(isAlive)).toEqual([]);
});
