import { describe, expect, test } from "vitest";
import { compileCondition } from "../../../core/policy/compile.ts";
import { type Condition, conditionInput } from "../../../core/policy/condition.ts";
import { stateOf } from "./subject.ts";

const monday = (clock: string) => Date.parse(`2026-01-05T${clock}:00Z`);

function holds(condition: unknown, alert = stateOf(), now = monday("09:00")): boolean {
  const parsed = conditionInput.parse(condition);
  const made = compileCondition(parsed);
  if (!made.ok) throw new Error(JSON.stringify(made.error.fields));
  return made.value(alert, now);
}

function faults(condition: unknown): Record<string, string> {
  const parsed = conditionInput.safeParse(condition);
  if (!parsed.success)
    return Object.fromEntries(parsed.error.issues.map((issue) => [issue.path.join("."), issue.message]));
  const made = compileCondition(parsed.data);
  return made.ok ? {} : (made.error.fields ?? {});
}

describe("a condition", () => {
  test.each<[Condition, boolean]>([
    [{ op: "equals", field: "asset", value: "db-01.EXAMPLE.net" }, true],
    [{ op: "equals", field: "asset", value: "db-01" }, false],
    [{ op: "contains", field: "message", value: "97 %" }, true],
    [{ op: "starts_with", field: "asset", value: "db-" }, true],
    [{ op: "ends_with", field: "asset", value: "example.com" }, false],
    [{ op: "matches", field: "message", value: "[A-Z]: at 9\\d" }, true],
    [{ op: "in", field: "tool", values: ["nagios", "zabbix"] }, true],
    [{ op: "in", field: "category", values: ["Network"] }, false],
    [{ op: "equals", field: "tags.site", value: "lyon" }, true],
    [{ op: "present", field: "tags.rack" }, false],
    [{ op: "missing", field: "asset_id" }, true],
    [{ op: "severity_at_least", value: "high" }, true],
    [{ op: "severity_at_least", value: "critical" }, false],
    [{ op: "severity_at_most", value: "high" }, true],
    [{ op: "equals", field: "raw_signature", value: "disk usage" }, true],
    [{ op: "equals", field: "signature", value: "disk_full" }, true],
    [{ op: "not", of: { op: "equals", field: "signature", value: "disk_full" } }, false],
  ])("%j is %s", (condition, expected) => {
    expect(holds(condition)).toBe(expected);
  });

  test("nests with all and any", () => {
    const disk = { op: "equals", field: "signature", value: "disk_full" };
    const lyon = { op: "equals", field: "tags.site", value: "Paris" };
    expect(holds({ op: "all", of: [disk, lyon] })).toBe(false);
    expect(holds({ op: "any", of: [disk, lyon] })).toBe(true);
    expect(holds({ op: "all", of: [disk, { op: "not", of: { op: "any", of: [lyon] } }] })).toBe(true);
  });

  test("knows the time of day and the weekday where it is meant", () => {
    const night = { op: "time", from: "22:00", to: "06:00", weekdays: [1], zone: "UTC" };
    expect(holds(night, stateOf(), monday("21:59"))).toBe(false);
    expect(holds(night, stateOf(), monday("22:00"))).toBe(true);
    expect(holds(night, stateOf(), monday("05:00"))).toBe(false);
    expect(holds(night, stateOf(), monday("05:00") + 86_400_000)).toBe(true);
    expect(holds(night, stateOf(), monday("06:00") + 86_400_000)).toBe(false);
    const tokyo = { op: "time", from: "09:00", to: "17:00", zone: "Asia/Tokyo" };
    expect(holds(tokyo, stateOf(), monday("00:00"))).toBe(true);
    expect(holds(tokyo, stateOf(), monday("08:00"))).toBe(false);
  });

  test("says which part of it is wrong", () => {
    expect(faults({ op: "all", of: [{ op: "matches", field: "asset", value: "(" }] })).toEqual({
      "when.of.0.value": "This is not a valid pattern: missing closing ): `(`.",
    });
    expect(
      faults({ op: "any", of: [{ op: "equals", field: "colour", value: "x" }] })["of.0.field"],
    ).toContain("not a field");
    expect(faults({ op: "time", from: "25:00", to: "06:00", zone: "Mars" })).toMatchObject({
      from: "write the time as 07:30",
    });
    expect(faults({ op: "all", of: [] })).toEqual({ of: "add a condition" });
    expect(Object.values(faults({ op: "sounds_like", field: "asset", value: "x" }))).toHaveLength(1);
  });

  test("is bounded in depth and number, whatever is sent", () => {
    const leaf = { op: "equals", field: "asset", value: "x" };
    let deep: unknown = leaf;
    for (let i = 0; i < 20_000; i += 1) deep = { op: "not", of: deep };
    expect(Object.values(faults(deep))).toEqual(["conditions may lie at most 4 levels deep"]);
    expect(faults({ op: "not", of: { op: "not", of: { op: "not", of: leaf } } })).toEqual({});
    const group = { op: "any", of: Array(26).fill(leaf) };
    expect(Object.values(faults({ op: "all", of: [group, group] }))).toEqual(["at most 50 conditions"]);
  });
});
