import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ALERTMANAGER, startAlertmanager, type TestAlertmanager } from "../support/alertmanager.ts";
import { startInstance, type TestInstance } from "../support/instance.ts";
import { Watched } from "../support/tools/watched.ts";

const alert = (summary: string, severity: string) => ({
  labels: { alertname: "HostOutOfDiskSpace", host: "db-01", severity, job: "node" },
  annotations: { summary },
});

describe.skipIf(!ALERTMANAGER)("a real Alertmanager", () => {
  let instance: TestInstance;
  let alertmanager: TestAlertmanager;
  let seen: Watched;
  beforeAll(async () => {
    instance = await startInstance();
    seen = await Watched.at(instance);
    const { api_key } = instance.company;
    alertmanager = await startAlertmanager(`${instance.url}/api/webhooks/alertmanager?api_key=${api_key}`);
  });
  afterAll(async () => {
    await alertmanager?.stop();
    await instance?.stop();
  });

  it("reports a problem, one that is worse beside it, and both recoveries", async () => {
    await alertmanager.fire([alert("9 % left – größe", "warning")]);
    const first = await seen.untilAlert("HostOutOfDiskSpace", { status: "firing", severity: "medium" });
    expect(first).toMatchObject({ asset_name: "db-01", message: "9 % left – größe", signature: "disk_full" });
    await alertmanager.fire([alert("1 % left", "critical")]);
    await seen.untilAlert("HostOutOfDiskSpace", { id: first.id, severity: "critical" });
    await alertmanager.resolve([alert("1 % left", "critical"), alert("9 % left – größe", "warning")]);
    await seen.untilAlert("HostOutOfDiskSpace", { id: first.id, status: "resolved" });
    await seen.untilIncident(first.incident_id, "resolved");
  });
});
