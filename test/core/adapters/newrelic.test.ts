import { describe, expect, it } from "vitest";
import { keyOf, stored } from "../../support/adapted.ts";

describe("New Relic's workflow", () => {
  it("gives entity, condition, priority, title, time and issue", () => {
    expect(stored("newrelic", "firing")).toMatchObject({
      status: "firing",
      asset_name: "cpu-host-12",
      signature: "High CPU",
      severity: "high",
      caller_key: "3f0c1e7a-91b2-4f52-9d3b-6a0f4c5d7e81",
      group: "3f0c1e7a-91b2-4f52-9d3b-6a0f4c5d7e81",
      event_time: 1_767_603_600_000,
      flags: [],
    });
    expect(stored("newrelic", "firing").message).toMatch(/^cpu-host-12 query result/);
  });

  it("that is acknowledged is noted, neither fired nor ended", () => {
    expect(stored("newrelic", "acknowledgement")).toMatchObject({
      status: "firing",
      update: { kind: "acknowledged", by: "mara@example.net" },
    });
    for (const name of ["firing", "repeat", "severity-change", "recovery"])
      expect(stored("newrelic", name).update).toBeUndefined();
  });

  it("that merged several incidents is filed under the first, the others stay readable", () => {
    const alert = stored("newrelic", "correlated");
    expect(alert).toMatchObject({ asset_name: "cpu-host-12", flags: ["guessed_asset"] });
    expect(alert.tags).toContainEqual(["entity", "checkout"]);
    expect(alert.tags).toContainEqual(["correlated", "true"]);
  });
});

describe("New Relic's channel of before", () => {
  it("gives target, condition and severity, and the same key when it closes", () => {
    const open = stored("newrelic", "legacy-open");
    expect(open).toMatchObject({
      asset_name: "db-04",
      signature: "Disk almost full",
      severity: "critical",
      status: "firing",
    });
    expect(stored("newrelic", "legacy-closed").status).toBe("resolved");
    expect(keyOf(stored("newrelic", "legacy-closed"))).toBe(keyOf(open));
  });

  it("that is acknowledged is noted with who did it", () => {
    expect(stored("newrelic", "legacy-acknowledged").update).toMatchObject({
      kind: "acknowledged",
      by: "Mara Lind",
    });
  });
});
