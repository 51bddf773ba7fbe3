import { spawn, spawnSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { notificationScript } from "../../dev/lib/notification-scripts.ts";
import { adapted } from "../support/adapted.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const SCRIPTS = [
  ["nagios", "NAGIOS_"],
  ["icinga2", "ICINGA_"],
  ["checkmk", "NOTIFY_"],
] as const;
const SECRET = 'whsec_größe="quoted"\\=end';
const has = (program: string) => spawnSync(program, ["--version"], { stdio: "ignore" }).error === undefined;
const SHELL = has("dash") ? "dash" : "sh";

interface Got {
  headers: IncomingMessage["headers"];
  body: string;
}

describe("the notification scripts", () => {
  const installed = temporaryFolder();
  const pathOf = (tool: string) => join(installed.path, `${tool}.sh`);
  let folder: string;
  let remove: () => void;
  let got: Got[] = [];
  let answer: (response: ServerResponse, n: number) => void;
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (part: string) => {
      body += part;
    });
    request.on("end", () => {
      got.push({ headers: request.headers, body });
      answer(response, got.length);
    });
  });
  const ok = (response: ServerResponse) => response.writeHead(202).end('{"status":"received"}');
  const spool = () => join(folder, "spool");
  const waiting = () => readdirSync(spool()).sort();

  beforeAll(async () => {
    for (const [tool] of SCRIPTS) writeFileSync(pathOf(tool), notificationScript(tool));
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  });
  afterAll(() => {
    server.close();
    installed.remove();
  });
  beforeEach(() => {
    ({ path: folder, remove } = temporaryFolder());
    mkdirSync(spool());
    got = [];
    answer = ok;
  });

  afterEach(() => remove());

  function configure(tool: string, more: Record<string, string> = {}): string {
    const { port } = server.address() as AddressInfo;
    const values = { URL: `http://127.0.0.1:${port}/x`, API_KEY: "aw_key", SECRET, SPOOL: spool(), ...more };
    const path = join(folder, `${tool}.conf`);
    const lines = Object.entries(values).map(([name, value]) => `${name}=${value}`);
    writeFileSync(path, `# as the guide says\n\n${lines.join("\n")}`);
    chmodSync(path, 0o600);
    return path;
  }

  /** Runs a script; the environment is only what a monitoring server gives it. */
  async function run(tool: string, config: string, env: Record<string, string>, args: string[] = []) {
    const child = spawn(SHELL, [pathOf(tool), "--config", config, ...args], {
      env: { PATH: process.env.PATH ?? "", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let printed = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (part: Buffer) => {
        printed += part.toString("utf8");
      });
    const code = await new Promise<number | null>((done) => child.on("close", done));
    return { code, printed };
  }

  const problem = (prefix: string, more: Record<string, string> = {}) => ({
    [`${prefix}NOTIFICATIONTYPE`]: "PROBLEM",
    [`${prefix}HOSTNAME`]: "web-04",
    [`${prefix}HOSTSTATE`]: "DOWN",
    [`${prefix}HOSTOUTPUT`]: "no answer",
    ...more,
  });

  it.each(
    SCRIPTS,
  )("%s: signs what it sends, with a delivery id, and its adapter reads it", async (tool, prefix) => {
    const odd = 'größe 💾 "quoted" \\n C:\\new\ttab\u0001\u001f $HOME `id` </b>';
    const { code, printed } = await run(
      tool,
      configure(tool),
      problem(prefix, { [`${prefix}HOSTOUTPUT`]: odd }),
    );
    expect([code, printed]).toEqual([0, ""]);
    const [{ headers, body }] = got as [Got];
    const signed = createHmac("sha256", SECRET).update(`${headers["x-timestamp"]}.${body}`).digest("hex");
    expect(headers["x-signature"]).toBe(`sha256=${signed}`);
    expect(headers["x-api-key"]).toBe("aw_key");
    expect(headers["x-delivery-id"]).toMatch(/^[0-9a-f]{32}$/);
    expect(JSON.parse(body)[`${prefix}HOSTOUTPUT`]).toBe(odd);
    expect(adapted(tool, JSON.parse(body))).toMatchObject([
      { asset_name: "web-04", severity: "critical", message: odd.trim(), tool_source: tool },
    ]);
  });

  it.each(SCRIPTS)("%s: --test sends a test; passwords in custom variables stay", async (tool, prefix) => {
    const own = tool === "checkmk" ? `${prefix}HOST_` : `${prefix}_HOST`;
    const env = { [`${own}CLIENT`]: "Harbour", [`${own}SNMPCOMMUNITY`]: "hush", UNRELATED: "no" };
    const { code, printed } = await run(tool, configure(tool), env, ["--test"]);
    expect([code, printed]).toEqual([0, 'Delivered: {"status":"received"}\n']);
    expect(adapted(tool, JSON.parse(got[0]?.body ?? ""))).toMatchObject([{ test: true }]);
    expect(got[0]?.body).toContain("Harbour");
    expect(got[0]?.body).not.toMatch(/hush|UNRELATED/);
  });

  it("tries again after what a busy service asks for, under the same delivery id", async () => {
    const stamps: number[] = [];
    answer = (response, n) => {
      stamps.push(Date.now());
      if (n === 1) response.writeHead(503).end();
      else if (n === 2) response.writeHead(429, { "Retry-After": "2" }).end();
      else ok(response);
    };
    const { code, printed } = await run("nagios", configure("nagios"), problem("NAGIOS_"));
    expect([code, printed]).toEqual([0, ""]);
    expect(new Set(got.map(({ headers }) => headers["x-delivery-id"])).size).toBe(1);
    expect(got).toHaveLength(3);
    expect((stamps[2] ?? 0) - (stamps[1] ?? 0)).toBeGreaterThan(1900);
  }, 20_000);

  it("keeps what it cannot deliver, and sends it before what comes later", async () => {
    answer = (response) => response.writeHead(503, { "Retry-After": "3600" }).end();
    const config = configure("nagios");
    const lost = await run("nagios", config, problem("NAGIOS_"));
    expect(lost.code).toBe(0);
    expect(lost.printed).toContain("kept in");
    expect(waiting()).toHaveLength(1);
    const id = got[0]?.headers["x-delivery-id"];
    got = [];
    answer = ok;
    const recovery = { NAGIOS_NOTIFICATIONTYPE: "RECOVERY", NAGIOS_HOSTSTATE: "UP" };
    expect((await run("nagios", config, problem("NAGIOS_", recovery))).code).toBe(0);
    expect(got.map(({ body }) => JSON.parse(body).NAGIOS_NOTIFICATIONTYPE)).toEqual(["PROBLEM", "RECOVERY"]);
    expect(got[0]?.headers["x-delivery-id"]).toBe(id);
    expect(waiting()).toEqual([]);
  });

  it("sets aside what is refused for good, and keeps what a wrong key kept out", async () => {
    const config = configure("nagios");
    answer = (response) => response.writeHead(401).end('{"code":"invalid_api_key"}');
    expect((await run("nagios", config, problem("NAGIOS_"))).printed).toContain("invalid_api_key");
    expect(waiting()).toHaveLength(1);
    answer = (response) => response.writeHead(422).end("not understood");
    const refused = await run("nagios", config, {}, ["--flush"]);
    expect([refused.code, refused.printed]).toEqual([0, expect.stringContaining("not understood")]);
    expect(waiting()).toEqual([expect.stringMatching(/\.refused$/)]);
    answer = ok;
    got = [];
    await run("nagios", config, {}, ["--flush"]);
    expect(got).toHaveLength(0);
  });

  it("shows neither secret nor key to others on the machine", async () => {
    let seen = "";
    answer = (response) => {
      for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
        try {
          seen += readFileSync(`/proc/${pid}/cmdline`, "utf8");
        } catch {
          // It ended meanwhile.
        }
      }
      ok(response);
    };
    await run("nagios", configure("nagios"), problem("NAGIOS_"));
    expect(seen).toContain("curl");
    expect(seen).not.toContain("whsec_");
    expect(seen).not.toContain("aw_key");
    expect(readFileSync(pathOf("nagios"), "utf8")).not.toMatch(/-hmac |-macopt/);
  });

  it("wants a configuration that is complete and nobody else's to read", async () => {
    const config = configure("nagios");
    chmodSync(config, 0o644);
    const open = await run("nagios", config, problem("NAGIOS_"));
    expect([open.code, open.printed]).toEqual([2, expect.stringContaining("may be read by others")]);
    const wrong = await run("nagios", configure("nagios", { SECRETS: "x" }), problem("NAGIOS_"));
    expect([wrong.code, wrong.printed]).toEqual([2, expect.stringContaining("unknown name SECRETS")]);
    const none = await run("nagios", join(folder, "none"), problem("NAGIOS_"));
    expect([none.code, none.printed]).toEqual([2, expect.stringContaining("cannot read")]);
    expect(got).toHaveLength(0);
  });

  it("takes macros as arguments, quotes and all, and refuses what is none", async () => {
    const args = [
      "NOTIFICATIONTYPE=PROBLEM",
      "HOSTNAME=web-04",
      'SERVICEDESC=Disk "/"; rm -rf $HOME',
      "TIMET=1767604800",
    ];
    expect((await run("nagios", configure("nagios", { SOURCE: "kiel" }), {}, args)).code).toBe(0);
    expect(JSON.parse(got[0]?.body ?? "")).toEqual({
      NAGIOS_NOTIFICATIONTYPE: "PROBLEM",
      NAGIOS_HOSTNAME: "web-04",
      NAGIOS_SERVICEDESC: 'Disk "/"; rm -rf $HOME',
      NAGIOS_TIMET: "1767604800",
      SOURCE: "kiel",
    });
    expect((await run("nagios", configure("nagios"), {}, ["PATH;x=1"])).code).toBe(2);
  });

  it("sends a long output whole", async () => {
    const long = 'Zeile "äöü" 💾\n'.repeat(5000);
    await run("icinga2", configure("icinga2"), problem("ICINGA_", { ICINGA_HOSTOUTPUT: long }));
    expect(JSON.parse(got[0]?.body ?? "").ICINGA_HOSTOUTPUT).toBe(long);
  });

  it.skipIf(!has("shellcheck"))("have nothing shellcheck minds", () => {
    const { stdout, status } = spawnSync(
      "shellcheck",
      ["--shell=sh", ...SCRIPTS.map(([tool]) => pathOf(tool))],
      {
        encoding: "utf8",
      },
    );
    expect([status, stdout]).toEqual([0, ""]);
  });
});
