import { describe, expect, it } from "vitest";
import { adapted, keyOf, stored } from "../../support/adapted.ts";
import { fixture } from "../../support/fixtures.ts";
import { keepsTexts, liveThrough } from "../../support/life.ts";
import { Timeline } from "../../support/timeline.ts";

const all = (name: string) => adapted("eventbridge", fixture("eventbridge", name));

describe("an event of EventBridge", () => {
  it("that is an alarm's lives from its alarm to OK", () => {
    expect(stored("eventbridge", "firing")).toMatchObject({
      asset_id: "i-0f1e2d3c4b5a69788",
      signature: "pilot-web-cpu",
      severity: "high",
      category: "Server",
      event_time: Date.parse("2026-01-05T09:19:58.100Z"),
    });
    liveThrough("eventbridge", {
      firing: "firing",
      repeat: "repeat",
      worse: "severity-change",
      noted: ["insufficient-data"],
      recovery: "recovery",
    });
    keepsTexts("eventbridge");
  });

  it("of GuardDuty is one finding however often it is sent again, and samples are tests", () => {
    const [first, again] = [stored("eventbridge", "guardduty"), stored("eventbridge", "guardduty-again")];
    expect(first).toMatchObject({
      asset_name: "i-0f1e2d3c4b5a69788",
      asset_id: "i-0f1e2d3c4b5a69788",
      severity: "medium",
      category: "Security",
    });
    expect(again.severity).toBe("high");
    expect(keyOf(again)).toBe(keyOf(first));
    expect(stored("eventbridge", "guardduty-sample")).toMatchObject({ test: true, severity: "critical" });
  });

  it("of Health is about each thing it affects, and its end closes them all", () => {
    expect(all("health-open").map((a) => [a.asset_name, a.status, a.severity])).toEqual([
      ["i-0f1e2d3c4b5a69788", "firing", "high"],
      ["i-0123456789abcdef0", "firing", "high"],
    ]);
    const line = new Timeline({ resolve_delay_minutes: 3 });
    for (const alert of all("health-open")) line.push(0, { ...alert, event_time: null });
    for (const alert of all("health-closed")) line.push(5, { ...alert, event_time: null });
    expect(line.alerts.map(({ status }) => status)).toEqual(["resolved", "resolved"]);
    expect(stored("eventbridge", "health-upcoming")).toMatchObject({
      asset_name: "berth-db",
      severity: "low",
      status: "firing",
    });
    expect(all("sns-health")).toEqual(all("health-open"));
  });

  it("of an instance fires when it stopped and ends when it runs", () => {
    liveThrough("eventbridge", { firing: "ec2-stopped", noted: ["ec2-stopping"], recovery: "ec2-running" });
  });

  it("of an unknown kind is read field by field", () => {
    expect(stored("eventbridge", "unknown")).toMatchObject({
      asset_name: "4c7599ae",
      signature: "Batch Job State Change",
      severity: "high",
      flags: ["guessed_asset", "guessed_status"],
    });
  });
});
