import { describe, expect, it } from "vitest";
import { adapted, keyOf, stored } from "../../support/adapted.ts";
import { fixture } from "../../support/fixtures.ts";

describe("Dynatrace's problem notification", () => {
  it("gives the host before the service, title, severity, start and problem", () => {
    expect(stored("dynatrace", "firing")).toMatchObject({
      status: "firing",
      asset_name: "web-05.example.net",
      signature: "CPU saturation",
      severity: "medium",
      caller_key: "8214403211985411123_1767603600000V2",
      event_time: 1_767_603_600_000,
      flags: [],
    });
    expect(stored("dynatrace", "firing").tags).toContainEqual(["[AWS]team", "shop"]);
  });

  it.each([
    ["AVAILABILITY", "critical"],
    ["ERROR", "high"],
    ["PERFORMANCE", "medium"],
    ["RESOURCE_CONTENTION", "medium"],
    ["CUSTOM_ALERT", "medium"],
  ])("of %s is %s", (word, severity) => {
    const body = { ...(fixture("dynatrace", "firing") as object), ProblemSeverity: word };
    expect(adapted("dynatrace", body)[0]).toMatchObject({ severity, flags: [] });
  });

  it("that was merged into another problem is over, and says why", () => {
    const merged = stored("dynatrace", "merged");
    expect(merged).toMatchObject({ status: "resolved", flags: ["merged"] });
    expect(keyOf(merged)).toBe(keyOf(stored("dynatrace", "firing")));
  });

  it("without PID is known by its number, which is a guess", () => {
    const {
      PID: _,
      ProblemDetailsJSON: __,
      ...body
    } = fixture("dynatrace", "firing") as Record<string, unknown>;
    expect(adapted("dynatrace", body)[0]).toMatchObject({
      caller_key: "P-26012",
      flags: ["guessed_dedup_key"],
    });
  });

  it("leaves none of a test's unfilled macros in the alert", () => {
    expect(JSON.stringify(stored("dynatrace", "test"))).not.toMatch(/\{[A-Z][A-Za-z]+\}/);
  });
});
