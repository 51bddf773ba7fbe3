import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkMigrations } from "../../dev/lib/migrations-guard.ts";
import { runningInstance, writePidFile } from "../../dev/lib/pid-file.ts";
import { firstRunPath, loadFirstRun, saveFirstRun, statePath } from "../../dev/lib/secrets-file.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "alert-whisperer-dev-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const company = { id: "c", name: "C", api_key: "k", hmac_secret: "s", webhook_url: "u" };

test("first-run secrets are made once, 32 bytes each, for the owner alone", () => {
  const made = loadFirstRun(folder);
  mkdirSync(statePath(folder));
  expect(loadFirstRun(folder)).toEqual(made);
  for (const secret of Object.values(made.secrets)) expect(Buffer.from(secret, "base64")).toHaveLength(32);
  expect(statSync(firstRunPath(folder)).mode & 0o777).toBe(0o600);
});

test("when the data was thrown away, the company of before is forgotten and the secrets stay", () => {
  const made = loadFirstRun(folder);
  mkdirSync(statePath(folder));
  saveFirstRun(folder, { ...made, company });
  expect(loadFirstRun(folder).company).toEqual(company);
  rmSync(statePath(folder), { recursive: true });
  expect(loadFirstRun(folder)).toMatchObject({ company: null, secrets: made.secrets });
});

test("a pid file counts while its process runs, and is not this one", () => {
  expect(runningInstance(folder)).toBeNull();
  writePidFile(folder, { pid: process.pid, url: "u", workerd: [] });
  expect(runningInstance(folder)).toBeNull();
  // The parent lives, but is no instance of ours: the number was given to another program.
  writePidFile(folder, { pid: process.ppid, url: "u", workerd: [] });
  if (process.platform === "linux") expect(runningInstance(folder)).toBeNull();
  writePidFile(folder, { pid: 2 ** 30, url: "u", workerd: [] });
  expect(runningInstance(folder)).toBeNull();
});

test("migrations only grow: an edited, removed or misnumbered one is named", () => {
  const write = (name: string, sql: string) => writeFileSync(join(folder, name), sql);
  write("0001_first.sql", "CREATE TABLE a (x);");
  expect(checkMigrations(false, folder)).toEqual([expect.stringContaining("has no checksum")]);
  expect(checkMigrations(true, folder)).toEqual([]);
  expect(checkMigrations(false, folder)).toEqual([]);

  write("0002_second.sql", "CREATE TABLE b (x);");
  expect(checkMigrations(true, folder)).toEqual([]);
  write("0001_first.sql", "CREATE TABLE a (x, y);");
  expect(checkMigrations(true, folder)).toEqual([expect.stringContaining("0001_first.sql was edited")]);
  rmSync(join(folder, "0001_first.sql"));
  expect(checkMigrations(true, folder)).toEqual([
    expect.stringContaining("was removed"),
    expect.stringContaining("out of sequence"),
  ]);
});
