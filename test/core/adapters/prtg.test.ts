import { describe, expect, it } from "vitest";
import { prtg } from "../../../core/adapters/prtg.ts";
import { adapted, stored } from "../../support/adapted.ts";
import { fixture } from "../../support/fixtures.ts";
import { keepsTexts, liveThrough } from "../../support/life.ts";

const base = fixture("prtg", "firing") as Record<string, string>;
const one = (more: Record<string, unknown>) => adapted("prtg", { ...base, ...more })[0]!;

describe("a notification of PRTG", () => {
  it("gives device, sensor, message, links and a severity by state and priority", () => {
    expect(stored("prtg", "firing")).toMatchObject({
      status: "firing",
      asset_name: "switch-core-1 [HP 5406]",
      signature: "Traffic uplink",
      severity: "high",
      message: "No response (timeout) (code: PE018)",
      links: [{ label: "Sensor" }, { label: "Device" }],
      flags: [],
    });
  });

  it("is one problem by its sensor, from down over warning to up", () => {
    liveThrough("prtg", {
      firing: "firing",
      repeat: "repeat",
      worse: "severity-change",
      noted: ["acknowledgement", "paused"],
      recovery: "recovery",
    });
    liveThrough("prtg", { firing: "firing", recovery: "recovery-ended" });
  });

  it.each([
    ["Up", "resolved"],
    ["Up (was: Down)", "resolved"],
    ["Down ended (now: Up)", "resolved"],
    ["Down ended (now: Paused)", "resolved"],
    ["Warning ended (now: Down)", "firing"],
    ["Down ended (now: Warning)", "firing"],
    ["Down (Simulated Error)", "firing"],
    ["Unusual", "firing"],
  ])("says %s", (status, expected) => {
    expect(one({ status })).toMatchObject({ status: expected, flags: [] });
    expect(one({ status }).update).toBeUndefined();
  });

  it("is as severe as the sensor's stars, and less for a warning", () => {
    const of = (status: string, priority: string) => one({ status, priority }).severity;
    expect(["", "1", "2", "3", "4", "5", "*****"].map((p) => of("Down", p))).toEqual([
      "critical",
      "low",
      "medium",
      "high",
      "high",
      "critical",
      "critical",
    ]);
    expect(["", "1", "3", "5"].map((p) => of("Warning", p))).toEqual(["medium", "low", "medium", "high"]);
  });

  it.each([
    ["acknowledgement", "acknowledged"],
    ["paused", "downtime_started"],
  ])("of the kind %s is noted", (name, kind) => {
    expect(stored("prtg", name).update?.kind).toBe(kind);
  });

  it("takes a placeholder PRTG left as it stands for no value, and says what it guessed", () => {
    expect(stored("prtg", "unfilled")).toMatchObject({ identity: null, links: [], signature: "Ping" });
    expect(one({ status: "Half open" }).flags).toContain("guessed_status");
  });

  it("of the bell is a test", () => {
    expect(stored("prtg", "test")).toMatchObject({ test: true });
  });

  it("keeps texts as they are", () => keepsTexts("prtg"));

  it("is told from what is none", () => {
    expect(prtg.parse({ message: "x" })).toMatchObject({ fields: { sensor: expect.any(String) } });
  });
});
