import { describe, expect, it } from "vitest";
import { adapted, keyOf, stored } from "../../support/adapted.ts";
import { fixture } from "../../support/fixtures.ts";

describe("Azure Monitor's common schema", () => {
  it("gives resource, rule, severity, condition, time and alert", () => {
    expect(stored("azure", "firing")).toMatchObject({
      status: "firing",
      asset_name: "web-09",
      signature: "CPU above 90 percent",
      severity: "medium",
      message: "Percentage CPU 97.3 GreaterThan 90 (Average)",
      event_time: Date.parse("2026-01-05T09:00:00.123Z"),
      flags: [],
    });
    expect(stored("azure", "recovery").event_time).toBe(Date.parse("2026-01-05T09:20:00Z"));
  });

  it.each([
    ["Sev0", "critical"],
    ["Sev1", "high"],
    ["Sev2", "medium"],
    ["Sev3", "low"],
    ["Sev4", "low"],
  ])("of %s is %s", (word, severity) => {
    const body = fixture("azure", "firing") as { data: { essentials: Record<string, string> } };
    body.data.essentials.severity = word;
    expect(adapted("azure", body)[0]).toMatchObject({ severity, flags: [] });
  });

  it("of a log search is about the computer it found, not its workspace", () => {
    expect(stored("azure", "log-alert")).toMatchObject({
      asset_name: "dc-01",
      severity: "high",
      signature: "Failed logins",
    });
  });

  it("of the activity log tells of one event, and names what it was done to", () => {
    expect(stored("azure", "activity-log")).toMatchObject({
      status: "firing",
      asset_name: "web-10",
      severity: "low",
      message: "Microsoft.Compute/virtualMachines/delete Succeeded",
    });
  });

  it("of service health ends when its own stage says so, under another alert's id", () => {
    const active = stored("azure", "service-health-active");
    const over = stored("azure", "service-health-resolved");
    expect(active).toMatchObject({ status: "firing", asset_name: "Azure Virtual Machines" });
    expect(over.status).toBe("resolved");
    expect(keyOf(over)).toBe(keyOf(active));
  });
});

describe("what Azure sent before", () => {
  it.each([
    ["metric-v2-activated", "metric-v2-deactivated", { asset_name: "shopblobs", severity: "high" }],
    ["classic-activated", "classic-resolved", { asset_name: "shopsite", message: "Many requests" }],
  ])("%s and %s are one alert", (first, last, what) => {
    expect(stored("azure", first)).toMatchObject({ status: "firing", ...what });
    expect(stored("azure", last).status).toBe("resolved");
    expect(keyOf(stored("azure", last))).toBe(keyOf(stored("azure", first)));
  });

  it("of a log search is read as well", () => {
    expect(stored("azure", "log-before-common")).toMatchObject({
      status: "firing",
      asset_name: "dc-02",
      signature: "Heartbeat missing",
      severity: "medium",
    });
  });
});
