import { describe, expect, it } from "vitest";
import { agePoints, priority, priorityBase } from "../../core/priority.ts";

const HOUR = 3_600_000;

describe("the priority of an incident", () => {
  it("is the promised 128 for the promised example", () => {
    const example = { severity: "critical", critical_asset: true, alert_count: 5, tools: 2 } as const;
    expect(priority(example, 0, 2 * HOUR)).toEqual({
      score: 128,
      parts: { severity: 90, critical_asset: 20, duplicates: 10, multi_tool: 10, age: 2 },
    });
  });

  it("starts from the severity alone", () => {
    const base = (severity: "critical" | "high" | "medium" | "low") =>
      priorityBase({ severity, critical_asset: false, alert_count: 1, tools: 1 });
    expect([base("critical"), base("high"), base("medium"), base("low")]).toEqual([92, 62, 32, 12]);
  });

  it("counts two a duplicate up to twenty, and several tools once", () => {
    const score = (alert_count: number, tools: number) =>
      priorityBase({ severity: "low", critical_asset: false, alert_count, tools });
    expect([score(9, 1), score(10, 1), score(11, 1), score(100_000, 1)]).toEqual([28, 30, 30, 30]);
    expect([score(1, 2), score(1, 3)]).toEqual([22, 22]);
  });
});

describe("age", () => {
  it("is hours with two decimals, and ten at most", () => {
    expect(agePoints(0, HOUR / 2)).toBe(0.5);
    expect(agePoints(0, HOUR / 3)).toBe(0.33);
    expect(agePoints(0, 10 * HOUR)).toBe(10);
    expect(agePoints(0, 1000 * HOUR)).toBe(10);
  });

  it("is nothing while the clock is behind", () => {
    expect(agePoints(HOUR, 0)).toBe(0);
  });

  it("leaves a score of two decimals", () => {
    const one = { severity: "high", critical_asset: false, alert_count: 1, tools: 1 } as const;
    expect(priority(one, 0, HOUR / 3).score).toBe(61.67);
    expect(priority(one, 0, 7 * HOUR + 1234).score).toBe(55);
  });
});
