import { describe, expect, it } from "vitest";
import { site24x7 } from "../../../core/adapters/site24x7.ts";
import { adapted, keyOf, stored } from "../../support/adapted.ts";
import { fixture } from "../../support/fixtures.ts";
import { keepsTexts, liveThrough } from "../../support/life.ts";

const base = fixture("site24x7", "firing") as Record<string, string>;

describe("a webhook of Site24x7", () => {
  it("gives the monitored host, the monitor, why, and when", () => {
    expect(stored("site24x7", "firing")).toMatchObject({
      status: "firing",
      asset_name: "shop.example.net",
      signature: "Harbour web shop",
      severity: "medium",
      message: "Response time above 4 s",
      event_time: Date.parse("2026-01-05T09:20:00Z"),
      identity: [["monitor", "310000000012345"]],
      flags: [],
    });
  });

  it("is one problem by its monitor, from trouble to down to up", () => {
    liveThrough("site24x7", {
      firing: "firing",
      repeat: "repeat",
      worse: "severity-change",
      noted: ["acknowledgement"],
      recovery: "recovery",
    });
  });

  it.each([
    ["DOWN", "critical"],
    ["CRITICAL", "high"],
    ["TROUBLE", "medium"],
  ])("of the state %s is %s", (STATUS, severity) => {
    expect(adapted("site24x7", { ...base, STATUS })[0]).toMatchObject({ severity, status: "firing" });
  });

  it("of an unknown state fires, and says what was guessed", () => {
    expect(adapted("site24x7", { ...base, STATUS: "CONFIGURATION ERROR" })[0]?.flags).toEqual([
      "guessed_status",
      "unknown_severity",
    ]);
  });

  it("without a link goes by the monitor's name", () => {
    const { MONITOR_DASHBOARD_LINK: _, ...rest } = base;
    const [down] = adapted("site24x7", { ...rest, STATUS: "DOWN" });
    const [up] = adapted("site24x7", { ...rest, STATUS: "UP" });
    expect(keyOf(up!)).toBe(keyOf(down!));
  });

  it("with its variables as they stand is a test", () => {
    expect(stored("site24x7", "test")).toMatchObject({ test: true });
  });

  it("keeps texts as they are", () => keepsTexts("site24x7"));

  it("is told from what is none", () => {
    expect(site24x7.parse({ x: 1 })).toMatchObject({ fields: { MONITORNAME: expect.any(String) } });
  });
});
