import { describe, expect, it } from "vitest";
import { cloudwatch } from "../../../core/adapters/cloudwatch.ts";
import type { NormalizedAlert } from "../../../core/alert.ts";
import { adapted, keyOf, stored } from "../../support/adapted.ts";
import { fixture } from "../../support/fixtures.ts";
import { keepsTexts, liveThrough } from "../../support/life.ts";

describe("an alarm of CloudWatch", () => {
  it("gives its thing, its severity by convention, and a link to the console of its region", () => {
    expect(stored("cloudwatch", "firing")).toMatchObject({
      status: "firing",
      asset_name: "berth-db",
      asset_id: "berth-db",
      signature: "berth-db-cpu",
      severity: "high",
      category: "Database",
      identity: [["alarm", "arn:aws:cloudwatch:eu-central-1:418203957716:alarm:berth-db-cpu"]],
      event_time: Date.parse("2026-01-05T09:20:00.412Z"),
      links: [
        {
          url: "https://eu-central-1.console.aws.amazon.com/cloudwatch/home?region=eu-central-1#alarmsV2:alarm/berth-db-cpu",
        },
      ],
      flags: [],
    });
  });

  it("is one problem by its ARN; no data is neither another nor its end", () => {
    liveThrough("cloudwatch", {
      firing: "firing",
      repeat: "repeat",
      worse: "severity-change",
      noted: ["insufficient-data"],
      recovery: "recovery",
    });
  });

  it("may be of metric maths, of an anomaly band, or composite", () => {
    expect(stored("cloudwatch", "metric-maths")).toMatchObject({
      asset_name: "crane",
      severity: "critical",
      category: "Network",
    });
    expect(stored("cloudwatch", "anomaly-band")).toMatchObject({
      asset_id: "i-0a1b2c3d4e5f60718",
      severity: "medium",
      category: "Server",
      flags: ["no_severity"],
    });
    expect(stored("cloudwatch", "composite")).toMatchObject({
      asset_name: "berth-critical-composite",
      severity: "critical",
      flags: ["guessed_asset"],
    });
  });

  it("does not take what is high for how bad it is", () => {
    const [alert] = adapted("cloudwatch", { AlarmName: "cpu-high", NewStateValue: "ALARM" });
    expect(alert).toMatchObject({ severity: "medium", flags: ["guessed_asset", "no_severity"] });
  });

  it("keeps texts as they are", () => keepsTexts("cloudwatch"));

  it("is told from a text published by hand, and from what is none", () => {
    expect(stored("cloudwatch", "test")).toMatchObject({ test: true, asset_name: "harbour-alarms" });
    for (const body of [null, [], {}, { Message: 3 }, "x"])
      expect(cloudwatch.parse(body)).toMatchObject({ fields: { Message: expect.any(String) } });
  });

  it("is read as AWS Lambda hands it on", () => {
    const sns = fixture("cloudwatch", "firing");
    const [alert, ...more] = adapted("cloudwatch", { Records: [{ EventSource: "aws:sns", Sns: sns }] });
    expect([keyOf(alert as NormalizedAlert), more]).toEqual([keyOf(stored("cloudwatch", "firing")), []]);
  });
});
