import { describe, expect, it } from "vitest";
import { adapted, keyOf, stored } from "../../support/adapted.ts";
import { fixture } from "../../support/fixtures.ts";

const all = (name: string) => adapted("grafana", fixture("grafana", name));

describe("Grafana's contact point", () => {
  it("gives host, rule, severity, summary, time, group and links", () => {
    expect(stored("grafana", "firing")).toMatchObject({
      status: "firing",
      asset_name: "web-03.example.net:9100",
      signature: "HostHighCpu",
      severity: "medium",
      message: "CPU of web-03 above 90 %",
      event_time: Date.parse("2026-01-05T09:00:00Z"),
      group: '{}:{alertname="HostHighCpu", grafana_folder="Infra"}',
      family: "rule:ab12cd34-host-cpu",
      flags: [],
    });
    expect(stored("grafana", "firing").links.map((link) => link.label)).toContain("Runbook");
  });

  it("of a rule that always fires is a sign of life", () => {
    const body = structuredClone(fixture("grafana", "firing")) as { alerts: { labels: object }[] };
    for (const alert of body.alerts) alert.labels = { alertname: "Watchdog", severity: "none" };
    expect(adapted("grafana", body)).toMatchObject([{ heartbeat: true }]);
    expect(stored("grafana", "firing").heartbeat).toBe(false);
  });

  it("says of each alert by itself whether it fires", () => {
    const [over, firing] = all("resolved-inside-firing-group");
    expect(over).toMatchObject({ status: "resolved", event_time: Date.parse("2026-01-05T09:05:00Z") });
    expect(firing).toMatchObject({ status: "firing" });
    expect(over && firing && keyOf(over) !== keyOf(firing)).toBe(true);
  });

  it("without alertname is called by its group, and its host comes from the series", () => {
    expect(stored("grafana", "no-alertname")).toMatchObject({
      signature: "Device memory",
      asset_name: "switch-12:9116",
      message: "Memory of a device above 90 %",
    });
    const bare = { ...(fixture("grafana", "no-alertname") as object), groupLabels: {} };
    expect(adapted("grafana", bare)[0]).toMatchObject({
      signature: "Device memory Devices (north)",
      flags: ["guessed_signature", "no_severity"],
    });
  });

  it("that left alerts out says so in those that are in it", () => {
    const short = { ...(fixture("grafana", "firing") as object), truncatedAlerts: 12 };
    expect(adapted("grafana", short)[0]?.flags).toEqual(["group_truncated"]);
  });

  it("of a severity nobody knows is medium and says so", () => {
    expect(stored("grafana", "unicode")).toMatchObject({ severity: "medium", flags: ["unknown_severity"] });
  });

  it("of a rule without data is not that rule's own problem", () => {
    expect(stored("grafana", "no-data").signature).toBe("DatasourceNoData");
  });
});

describe("the old Grafana's channel", () => {
  it("makes an alert of each series that matched", () => {
    const series = all("legacy-three-series");
    expect(series.map((alert) => alert.asset_name)).toEqual(["web-01", "web-02", ""]);
    expect(series.map((alert) => alert.flags.includes("guessed_asset"))).toEqual([true, true, false]);
    expect(new Set(series.map(keyOf)).size).toBe(3);
    expect(new Set(series.map((alert) => alert.family))).toEqual(new Set(["1/31"]));
  });

  it("takes host and severity from a series' tags", () => {
    expect(stored("grafana", "legacy-firing")).toMatchObject({
      asset_name: "web-03",
      severity: "critical",
      signature: "Host CPU alert",
    });
  });

  it("that is ok names no series, so it ends all that the rule fired", () => {
    expect(stored("grafana", "legacy-ok")).toMatchObject({
      status: "resolved",
      family: "1/31",
      whole_family: true,
    });
    expect(stored("grafana", "legacy-firing").whole_family).toBeUndefined();
  });

  it("that has no labels but the text {} has no host and no name but the rule's", () => {
    expect(stored("grafana", "legacy-empty-labels")).toMatchObject({
      asset_name: "",
      identity: [["rule", "1/31"]],
      message: "Host CPU alert: 0.02",
    });
  });

  it("without data fires, and paused or pending opens nothing", () => {
    expect(stored("grafana", "legacy-no-data")).toMatchObject({
      status: "firing",
      flags: ["no_data", "no_severity"],
    });
    expect(stored("grafana", "legacy-no-data").update).toBeUndefined();
    for (const name of ["legacy-paused", "legacy-pending"])
      expect(stored("grafana", name).update).toMatchObject({ kind: "other" });
  });
});
