import { describe, expect, test } from "vitest";
import type { Verdict } from "../../../core/engine/context.ts";
import type { Correction } from "../../../core/policy/correction.ts";
import { Policy, type PolicyParts, type PolicyWatch } from "../../../core/policy/decide.ts";
import { type MaintenanceWindow, windowInput } from "../../../core/policy/maintenance.ts";
import { type Rule, type RuleInput, ruleInput } from "../../../core/policy/rule.ts";
import type { Silence } from "../../../core/policy/silence.ts";
import { silenceHold, windowHold } from "../../../core/policy/suppression.ts";
import { stateOf } from "./subject.ts";

const MINUTE = 60_000;
const NOW = Date.parse("2026-01-05T09:00:00Z");

class Watched implements PolicyWatch {
  readonly seen: string[] = [];
  matched(rule: string): void {
    this.seen.push(`${rule} matched`);
  }
  ungrouped(rule: string): void {
    this.seen.push(`${rule} ungrouped`);
  }
  failed(id: string, text: string): void {
    this.seen.push(`${id} failed: ${text}`);
  }
}

const rule = (id: string, more: Partial<RuleInput>): Rule => ({
  ...ruleInput.parse({ name: id, when: null, actions: { severity: "low" } }),
  id,
  created_at: NOW,
  created_by: "Ada",
  ...more,
});

function policy(parts: Partial<PolicyParts>): { policy: Policy; watch: Watched } {
  const watch = new Watched();
  return { policy: new Policy({ rules: [], holds: [], corrections: [], ...parts }, watch, NOW), watch };
}
const decide = (parts: Partial<PolicyParts>, alert = stateOf()): Verdict | null =>
  policy(parts).policy.decide(alert, NOW);

const silence = (more: Partial<Silence> = {}): Silence => ({
  id: "si1",
  when: { op: "equals", field: "signature", value: "disk_full" },
  comment: "new disk ordered",
  starts_at: NOW,
  ends_at: NOW + 10 * MINUTE,
  from: null,
  created_at: NOW,
  created_by: "Ada",
  ended_by: null,
  closed: false,
  ...more,
});

const maintenance = (more: object = {}): MaintenanceWindow => ({
  ...windowInput.parse({
    name: "Patch night",
    starts_at: "2026-01-05T09:00",
    zone: "UTC",
    duration_minutes: 60,
    ...more,
  }),
  id: "mw1",
  created_at: NOW,
  created_by: "Ada",
  not_before: 0,
  handled_until: 0,
});

describe("rules", () => {
  test("of each kind of action the first that fits decides", () => {
    const verdict = decide({
      rules: [
        rule("other", {
          when: { op: "equals", field: "asset", value: "x" },
          actions: { severity: "critical" },
        }),
        rule("first", { actions: { severity: "low", title: "Disk of {tags.site} on {asset}" } }),
        rule("second", { actions: { severity: "critical", category: "Storage" } }),
      ],
    });
    expect(verdict).toMatchObject({
      severity: "low",
      category: "Storage",
      title: "Disk of Lyon on DB-01.example.net",
    });
    expect(verdict?.reasons.map((reason) => reason.key)).toEqual(["rule:first", "rule:second"]);
  });

  test("stop, drop and silence end the pass; what is off is not asked", () => {
    const last = rule("last", { actions: { category: "Cloud" } });
    expect(decide({ rules: [rule("a", { stop: true }), last] })?.category).toBeUndefined();
    expect(decide({ rules: [rule("a", { actions: { drop: true } }), last] })).toMatchObject({
      drop: { key: "rule:a" },
    });
    expect(decide({ rules: [rule("a", { actions: { silence: true } }), last] })).toMatchObject({
      suppress: { by: "rule:a" },
    });
    expect(decide({ rules: [rule("off", { enabled: false })] })).toBeNull();
  });

  test("group by fields, an asset by who it is; a missing field never groups and is counted", () => {
    const bySite = rule("site", { actions: { group_by: ["tags.site", "asset"], window_minutes: 60 } });
    const byRack = rule("rack", { actions: { group_by: ["tags.rack"] } });
    expect(decide({ rules: [byRack, bySite] })).toMatchObject({
      group: { rule: "site", parts: ["lyon", "db-01.example.net"], window_minutes: 60 },
      reasons: [{ rule: "group.missing_field", text: expect.stringContaining("field tags.rack is missing") }],
    });
    const alone = policy({ rules: [byRack] });
    expect(alone.policy.decide(stateOf(), NOW)?.group).toBeUndefined();
    expect(alone.policy.decide(stateOf({ tags: [["rack", "unknown"]] }), NOW)?.group).toBeUndefined();
    expect(alone.watch.seen.filter((line) => line === "rack ungrouped")).toHaveLength(2);
  });

  test("one that fails is no match, and seen; the alert and the other rules are not lost", () => {
    const broken = rule("broken", {
      when: { op: "time", from: "08:00", to: "18:00", zone: "Mars/Olympus" },
      actions: { drop: true },
    });
    const faulty = rule("faulty", {
      when: { op: "matches", field: "asset", value: "(" },
      actions: { drop: true },
    });
    const { policy: made, watch } = policy({ rules: [broken, faulty, rule("fine", {})] });
    expect(made.decide(stateOf(), NOW)).toMatchObject({ severity: "low" });
    expect(watch.seen).toEqual([
      expect.stringContaining("faulty failed: This is not a valid pattern"),
      expect.stringContaining("broken failed: Invalid time zone"),
      "fine matched",
    ]);
  });

  test("are refused where they say nothing, or too much", () => {
    const parse = (actions: object) => ruleInput.safeParse({ name: "x", when: null, actions }).success;
    expect(parse({})).toBe(false);
    expect(parse({ drop: true, severity: "low" })).toBe(false);
    expect(parse({ window_minutes: 5 })).toBe(false);
    expect(parse({ title: "{colour}" })).toBe(false);
    expect(parse({ title: "{tags.site}", group_by: ["tags.site"], window_minutes: 5 })).toBe(true);
  });
});

describe("silences and windows", () => {
  test("hold within their time, to the millisecond", () => {
    const { policy: made } = policy({ holds: [silenceHold(silence())] });
    const by = (now: number) => made.decide(stateOf(), now)?.suppress?.by;
    expect(by(NOW)).toBe("silence:si1");
    expect(by(NOW + 10 * MINUTE - 1)).toBe("silence:si1");
    expect(by(NOW + 10 * MINUTE)).toBeUndefined();
    expect(made.decide(stateOf({ signature: "host_down" }), NOW)).toBeNull();
  });

  test("overlap as their union; a dropped alert is not kept for one", () => {
    const holds = [silenceHold(silence()), windowHold(maintenance())];
    const { policy: made } = policy({ holds });
    expect(made.decide(stateOf(), NOW + 11 * MINUTE)?.suppress?.by).toBe("maintenance:mw1");
    const dropping = policy({ holds, rules: [rule("drop", { actions: { drop: true } })] });
    expect(dropping.policy.decide(stateOf(), NOW)?.suppress).toBeUndefined();
  });

  test("critical security breaks through where it may", () => {
    const attack = stateOf({ category: "Security", severity: "critical" });
    const holding = decide({ holds: [windowHold(maintenance())] }, attack);
    expect(holding?.suppress?.by).toBe("maintenance:mw1");
    const open = windowHold(maintenance({ security_breaks_through: true }));
    expect(decide({ holds: [open] }, attack)).toBeNull();
    expect(decide({ holds: [open] })?.suppress?.by).toBe("maintenance:mw1");
  });

  test("a recurring window holds again the next day", () => {
    const { policy: made } = policy({ holds: [windowHold(maintenance({ rrule: "FREQ=DAILY" }))] });
    const held = [0, 30, 60, 24 * 60, 25 * 60].map(
      (minutes) => made.decide(stateOf(), NOW + minutes * MINUTE) !== null,
    );
    expect(held).toEqual([true, true, false, true, false]);
  });

  test("a faulty one holds nothing and is seen", () => {
    const hold = windowHold(maintenance());
    const times = () => {
      throw new Error("no such day");
    };
    const { policy: made, watch } = policy({ holds: [{ ...hold, times }, silenceHold(silence())] });
    expect(made.decide(stateOf(), NOW)?.suppress?.by).toBe("silence:si1");
    expect(watch.seen).toEqual(["mw1 failed: no such day"]);
  });
});

describe("corrections", () => {
  const correction: Correction = {
    id: "cr1",
    signature: "disk_full",
    category: "Storage",
    severity: "low",
    comment: "",
    created_at: NOW,
    created_by: "Ada",
  };

  test("come first: rules judge the corrected alert, and what they set wins", () => {
    expect(decide({ corrections: [correction] })).toEqual({
      category: "Storage",
      severity: "low",
      reasons: [
        {
          rule: "classified.corrected",
          key: "disk_full",
          text: "Ada said how disk_full is to be treated: category Storage in place of Server, severity low in place of high.",
        },
      ],
    });
    const storage = rule("storage", {
      when: { op: "equals", field: "category", value: "Storage" },
      actions: { severity: "critical" },
    });
    expect(decide({ corrections: [correction], rules: [storage] })).toMatchObject({
      category: "Storage",
      severity: "critical",
    });
    expect(
      decide({ corrections: [correction] }, stateOf({ category: "Storage", severity: "low" })),
    ).toBeNull();
  });
});
