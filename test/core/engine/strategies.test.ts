import { describe, expect, it } from "vitest";
import type { NormalizedAlert } from "../../../core/alert.ts";
import type { CorrelationSettings } from "../../../core/settings.ts";
import { Timeline } from "../../support/timeline.ts";

const STORM: Partial<NormalizedAlert>[] = [
  { asset_name: "web-01", signature: "HighCPU", tool_source: "zabbix" },
  { asset_name: "web-01.acme.local:9100", signature: "cpu usage", tool_source: "prometheus" },
  { asset_name: "web-01", signature: "disk_full", tool_source: "zabbix" },
  { asset_name: "web-02", signature: "high_cpu_usage", tool_source: "zabbix" },
  { asset_name: "WEB-01:9100", signature: "cpu load", tool_source: "zabbix" },
];

/** Which incident each alert came to. */
function groupsOf(strategy: CorrelationSettings["strategy"], alerts: Partial<NormalizedAlert>[]) {
  const line = new Timeline({ strategy });
  return alerts.map((alert, i) => line.push(i / 10, alert).alert?.incident);
}

describe("strategies", () => {
  it.each([
    ["asset|signature", [1, 1, 2, 3, 1]],
    ["asset|signature|tool", [1, 2, 3, 4, 1]],
    ["signature", [1, 1, 2, 1, 1]],
    ["asset", [1, 1, 1, 2, 1]],
  ] as const)("%s", (strategy, expected) => {
    expect(groupsOf(strategy, STORM)).toEqual(expected);
  });

  it("count the tools that saw one problem", () => {
    const line = new Timeline();
    for (const alert of STORM) line.push(0, alert);
    expect(line.incident(1).tools).toEqual(["zabbix", "prometheus"]);
    expect(line.incident(1).why.map((w) => w.rule)).toEqual([
      "group.new_key",
      "group.same_key",
      "group.same_key",
    ]);
  });

  it("title what they grouped", () => {
    const bySignature = new Timeline({ strategy: "signature" });
    const byAsset = new Timeline({ strategy: "asset" });
    for (const alert of STORM) for (const line of [bySignature, byAsset]) line.push(0, alert);
    expect(bySignature.incident(1).title).toBe("High CPU usage across 2 servers");
    expect(byAsset.incident(1).title).toBe("Several problems on web-01");
  });
});

describe("what names nothing", () => {
  it.each([
    "asset|signature",
    "asset|signature|tool",
    "asset",
  ] as const)("never groups two alerts by %s", (strategy) => {
    const unnamed = ["", "unknown", "N/A", "-", "none"].flatMap((asset_name) => [
      { asset_name, signature: "disk_full", caller_key: `${asset_name} 1` },
      { asset_name, signature: "disk_full", caller_key: `${asset_name} 2` },
    ]);
    const line = new Timeline({ strategy });
    for (const alert of unnamed) {
      const { alert: state } = line.push(0, alert);
      expect(state?.why.map((w) => w.rule)).toEqual([
        "dedup.caller_key",
        "group.missing_field",
        "group.alone",
      ]);
      expect(state?.why[1]).toMatchObject({ evidence: { field: "asset", strategy } });
    }
    expect(line.incidents).toHaveLength(10);
    expect(line.incident(1).title).toBe("Disk almost full");
  });

  it("still repeats and recovers as itself", () => {
    const line = new Timeline();
    line.push(0, { asset_name: "unknown", caller_key: "k" });
    expect(line.push(1, { asset_name: "unknown", caller_key: "k" }).outcome).toBe("repeated");
    line.recover(2, { asset_name: "unknown", caller_key: "k" });
    line.advance(5);
    expect(line.incident(1).status).toBe("resolved");
    expect(line.push(6, { asset_name: "unknown", caller_key: "k" }).outcome).toBe("reopened");
  });

  it("groups by signature alone where that is all the strategy wants", () => {
    expect(groupsOf("signature", [{ asset_name: "" }, { asset_name: "unknown" }])).toEqual([1, 1]);
  });
});

describe("localhost", () => {
  it("groups within one company", () => {
    expect(
      groupsOf("asset", [
        { asset_name: "localhost:9090", signature: "one" },
        { asset_name: "LOCALHOST", signature: "two" },
      ]),
    ).toEqual([1, 1]);
  });

  it("never over two", () => {
    const a = new Timeline({}, { company: "co_aaaaaaaaaaaaaaaa" });
    const b = new Timeline({}, { company: "co_bbbbbbbbbbbbbbbb" });
    const keys = [a, b].map((line) => {
      const { alert } = line.push(0, { asset_name: "localhost" });
      return [alert?.key, line.incident(1).agg_key];
    });
    expect(new Set(keys.flat()).size).toBe(4);
  });
});
