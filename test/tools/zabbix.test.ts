import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startInstance, type TestInstance } from "../support/instance.ts";
import { Watched } from "../support/tools/watched.ts";
import { startZabbix, type TestZabbix, zabbixInstalled } from "../support/tools/zabbix.ts";

const HOST = "srv-files-03";
const TRIGGER = "Disk space is low on /größe 💾";

describe.skipIf(!zabbixInstalled())("a real Zabbix server with the imported media type", () => {
  let instance: TestInstance;
  let zabbix: TestZabbix;
  let seen: Watched;
  let trigger: string;
  beforeAll(async () => {
    instance = await startInstance();
    seen = await Watched.at(instance);
    zabbix = await startZabbix(instance);
    trigger = await zabbix.api.watch(HOST, "Fileserver 3 (größe)", { name: TRIGGER, priority: 3 });
  });
  afterAll(async () => {
    await zabbix?.stop();
    await instance?.stop();
  });

  /** The server takes a new item's values only when it has read its configuration again. */
  const value = async (used: string): Promise<void> =>
    await eventually(async () => zabbix.send(HOST, "used", used), 30_000, 500);

  it("reports a problem, an acknowledgement with a worse severity, and the recovery", async () => {
    await value("95");
    const problem = await seen.untilAlert(TRIGGER, { status: "firing", severity: "medium" });
    expect(problem).toMatchObject({ tool_source: "zabbix", asset_name: HOST });
    expect(problem.message).toContain("95 % used");
    expect(problem.links).toEqual([
      {
        label: "Zabbix",
        url: expect.stringContaining(`http://zabbix.example/tr_events.php?triggerid=${trigger}`),
      },
    ]);

    await zabbix.api.update(trigger, 2 + 4 + 8, { message: "räume auf 🧹", severity: 5 });
    await eventually(async () => {
      expect(await seen.story(problem.incident_id)).toContain("räume auf 🧹");
    }, 30_000);
    expect(await seen.alerts()).toHaveLength(1);

    await value("10");
    await seen.untilAlert(TRIGGER, { id: problem.id, status: "resolved" });
    await seen.untilIncident(problem.incident_id, "resolved");
  });

  it("says in Zabbix why a delivery was refused", async () => {
    const [media] = await zabbix.api.call<
      { mediatypeid: string; parameters: { name: string; value: string }[] }[]
    >("mediatype.get", { filter: { name: "Alert Whisperer" }, output: "extend" });
    const parameters = media?.parameters.map((p) => (p.name === "api_key" ? { ...p, value: "wrong" } : p));
    await zabbix.api.call("mediatype.update", { mediatypeid: media?.mediatypeid, parameters });
    // So that the server has read it before the event.
    await eventually(async () => {
      await value("10");
      await value("96");
      const alerts = await zabbix.api.call<{ error: string }[]>("alert.get", { output: ["error"] });
      expect(alerts.map(({ error }) => error).join("\n")).toContain(
        "Alert Whisperer: the answer was HTTP 401: The API key is missing, unknown or revoked.",
      );
    }, 60_000);
  });
});
