import { describe, expect, it } from "vitest";
import { ADAPTERS } from "../../../core/adapters/index.ts";
import { keyOf, stored } from "../../support/adapted.ts";
import { Timeline } from "../../support/timeline.ts";

describe("Splunk's saved search", () => {
  it("gives the first row's host, severity, message and time", () => {
    expect(stored("splunk", "firing")).toMatchObject({
      status: "firing",
      asset_name: "files-01",
      signature: "Disk almost full",
      severity: "high",
      message: "/srv is 93 % full",
      event_time: 1_767_603_600_000,
      group: "scheduler__admin__search__RMD5_at_1767603600_12",
      flags: [],
    });
  });

  it("that triggers again is the same alert, which gets worse and never recovers by itself", () => {
    const line = new Timeline();
    for (const [minute, name] of [
      [0, "firing"],
      [5, "repeat"],
      [10, "severity-change"],
    ] as const)
      line.push(minute, { ...stored("splunk", name), event_time: null });
    expect(line.alerts).toHaveLength(1);
    expect(line.incident(1)).toMatchObject({ status: "new", alert_count: 3, severity: "critical" });
    expect(ADAPTERS.get("splunk")?.guide.recovers).toBe(false);
  });

  it("takes the first of several values", () => {
    expect(stored("splunk", "lists-of-values")).toMatchObject({ asset_name: "files-02", severity: "low" });
    expect(keyOf(stored("splunk", "lists-of-values"))).not.toBe(keyOf(stored("splunk", "firing")));
  });

  it("without a host field finds it in the event's origin, which is a guess", () => {
    expect(stored("splunk", "host-in-confstr-only")).toMatchObject({
      asset_name: "files-03",
      message: "/dev/sdb1 93% /srv",
      flags: ["guessed_asset", "no_severity"],
    });
  });
});
