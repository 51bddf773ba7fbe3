import { describe, expect, it } from "vitest";
import { stored } from "../../support/adapted.ts";

describe("Kibana's connector", () => {
  it("by our template gives host, rule, severity of its group, reason, time and links", () => {
    expect(stored("elastic", "firing")).toMatchObject({
      status: "firing",
      asset_name: "web-11",
      signature: "CPU usage of hosts",
      severity: "medium",
      message: "system.cpu.total.norm.pct is 91% in the last 5 min for web-11.",
      event_time: Date.parse("2026-01-05T09:00:00Z"),
      flags: [],
    });
    expect(stored("elastic", "recovery").status).toBe("resolved");
  });

  it("by a template with the usual names is read too", () => {
    expect(stored("elastic", "other-names")).toMatchObject({
      asset_name: "host-22",
      signature: "Log error rate",
      severity: "high",
    });
    expect(stored("elastic", "json-in-texts")).toMatchObject({
      asset_name: "db-03",
      signature: "Disk usage",
      severity: "critical",
      message: "Disk at 96 %",
    });
  });

  it("whose macros stayed as they were takes the host from its group, which is a guess", () => {
    const alert = stored("elastic", "host-by-group-only");
    expect(alert).toMatchObject({ asset_name: "web-11", severity: "medium", flags: ["guessed_asset"] });
    expect(JSON.stringify(alert)).not.toContain("{{");
  });
});

describe("Watcher and ElastAlert", () => {
  it.each([
    ["watcher", "dc-01", "Failed logins"],
    ["watcher-whole-ctx", "dc-01", "Failed logins"],
    ["elastalert", "db-07", "Disk almost full"],
  ])("%s", (name, asset_name, signature) => {
    expect(stored("elastic", name)).toMatchObject({
      status: "firing",
      asset_name,
      signature,
      severity: "high",
      event_time: Date.parse("2026-01-05T09:00:00Z"),
    });
  });
});
