import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startInstance, type TestInstance } from "../support/instance.ts";
import { installed } from "../support/tools/daemon.ts";
import { ICINGA2, startIcinga2 } from "../support/tools/icinga2.ts";
import { NAGIOS, startNagios } from "../support/tools/nagios.ts";
import { Watched } from "../support/tools/watched.ts";

const HOST = "web-01";
const SERVICE = "Größe /var";

describe.each([
  { tool: "nagios", program: NAGIOS, start: startNagios, quoted: "WARN größe x" },
  // Nagios takes quotes out of what a check prints, Icinga leaves them.
  { tool: "icinga2", program: ICINGA2, start: startIcinga2, quoted: 'WARN größe "x"' },
])("a real $tool", ({ tool, program, start, quoted }) => {
  let instance: TestInstance;
  let daemon: Awaited<ReturnType<typeof startNagios>>;
  let seen: Watched;
  const here = installed(program);
  beforeAll(async () => {
    if (!here) return;
    instance = await startInstance();
    seen = await Watched.at(instance);
    daemon = await start(instance, HOST, SERVICE);
  });
  afterAll(async () => {
    await daemon?.stop();
    await instance?.stop();
  });

  it.skipIf(!here)("reports a service: problem, worse, acknowledged, recovered", async () => {
    const { commands } = daemon;
    await commands.host(HOST, 0, "well");
    await commands.service(HOST, SERVICE, 1, 'WARN größe "x"');
    const problem = await seen.untilAlert(SERVICE, { status: "firing", severity: "medium", message: quoted });
    expect(problem).toMatchObject({ tool_source: tool, asset_name: HOST });

    await commands.service(HOST, SERVICE, 2, "CRIT größe");
    const worse = await seen.untilAlert(SERVICE, { severity: "critical", message: "CRIT größe" });
    expect(worse.id).toBe(problem.id);

    await commands.acknowledge(HOST, SERVICE, "jane", "bin dran – größe");
    await eventually(async () => {
      const timeline = await seen.story(problem.incident_id);
      expect(timeline).toContain("bin dran – größe");
    }, 30_000);
    expect(await seen.alerts()).toHaveLength(1);
    expect((await seen.untilAlert(SERVICE, { status: "firing" })).count).toBe(worse.count);

    await commands.service(HOST, SERVICE, 0, "OK");
    await seen.untilAlert(SERVICE, { id: problem.id, status: "resolved" });
    await seen.untilIncident(problem.incident_id, "resolved");
  });

  it.skipIf(!here)("reports a host: down and up again", async () => {
    await daemon.commands.host(HOST, 1, "no answer");
    const down = await seen.untilAlert("Host down", { status: "firing", severity: "critical" });
    expect(down).toMatchObject({ signature: "host_down", asset_name: HOST, message: "no answer" });
    await daemon.commands.host(HOST, 0, "well");
    await seen.untilAlert("Host down", { id: down.id, status: "resolved" });
    await seen.untilIncident(down.incident_id, "resolved");
  });
});
