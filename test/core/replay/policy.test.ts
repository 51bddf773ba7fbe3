import { expect, it } from "vitest";
import { ruleInput } from "../../../core/policy/rule.ts";
import type { Silence } from "../../../core/policy/silence.ts";
import { compare } from "../../../core/replay/compare.ts";
import { replayPolicy, type StoredPolicy, withRules } from "../../../core/replay/policy.ts";
import { Replay } from "../../../core/replay/replay.ts";
import { at, COMPANY, START, Timeline } from "../../support/timeline.ts";

const NONE: StoredPolicy = { rules: [], msp_rules: [], silences: [], windows: [], corrections: [] };

const silence = (from: number, to: number): Silence => ({
  id: "s1",
  when: { field: "asset", op: "equals", value: "web-01" } as Silence["when"],
  comment: "",
  starts_at: at(from),
  ends_at: at(to),
  from: null,
  created_at: START,
  created_by: "Ada",
  ended_by: null,
  closed: false,
});

function compared(line: Timeline, policy: StoredPolicy) {
  const replay = new Replay({
    company_id: COMPANY,
    settings: line.settings,
    assets: line.assets.all(),
    critical: new Set(),
    acts: [],
    policy: replayPolicy(policy, START),
  });
  for (const row of line.alerts) replay.add(structuredClone(row));
  replay.finish();
  return compare({ company_id: COMPANY, from: START, to: at(1000), replay, known: new Map() });
}

function outage(): Timeline {
  const line = new Timeline();
  for (const asset_name of ["web-01", "web-02", "db-01"]) line.push(0, { asset_name });
  return line;
}

it("tries rules in place of the company's own", () => {
  const group = ruleInput.parse({
    name: "web servers",
    when: { field: "asset", op: "starts_with", value: "web-" },
    actions: { group_by: ["signature"] },
  });
  const found = compared(outage(), withRules(NONE, [group]));
  expect(found.kinds).toMatchObject({ merged: { before: 2, after: 1 }, same: { before: 1 } });
  const drop = ruleInput.parse({
    name: "no databases",
    when: { field: "asset", op: "equals", value: "db-01" },
    actions: { drop: true },
  });
  const without = compared(outage(), withRules(NONE, [drop]));
  expect(without.kinds).toMatchObject({ gone: { before: 1 }, same: { before: 2 } });
  expect(without.after).toMatchObject({ incidents: 2, dropped: 1 });
});

it("holds back what a silence holds, and lets go of what still fires at its end", () => {
  const line = outage();
  line.recover(5, { asset_name: "web-02" });
  const over = compared(line, { ...NONE, silences: [silence(0, 30)] });
  expect(over.after).toMatchObject({ incidents: 3, suppressed: 0 });
  const recovered = new Timeline();
  recovered.push(0, { asset_name: "web-01" });
  recovered.recover(10, { asset_name: "web-01" });
  expect(compared(recovered, { ...NONE, silences: [silence(0, 30)] })).toMatchObject({
    after: { incidents: 0, suppressed: 1 },
    kinds: { gone: { before: 1 } },
  });
});
