import { describe, expect, it } from "vitest";
import { countNew } from "../../../core/engine/storm.ts";
import { Timeline } from "../../support/timeline.ts";

/** `n` alerts of as many machines within one minute from `minute` on. */
function burst(line: Timeline, minute: number, n: number, from = 0, tool = "zabbix"): void {
  for (let i = 0; i < n; i++)
    line.push(minute + i / (n + 1), {
      asset_name: `host-${from + i}`,
      signature: `check ${(from + i) % 7}`,
      tool_source: tool,
      severity: "medium",
    });
}
const open = (line: Timeline) => line.incidents.filter((one) => one.status !== "resolved");

describe("an alert storm", () => {
  it("is one incident with exact counts, those before it in its minute included", () => {
    const line = new Timeline();
    burst(line, 0, 99);
    expect(open(line)).toHaveLength(99);
    burst(line, 0.995, 2901, 99, "nagios");
    const [storm, ...others] = open(line);
    expect(others).toHaveLength(0);
    expect(storm).toMatchObject({ distinct: 3000, firing: 3000, alert_count: 3000 });
    expect(storm?.title).toBe("Alert storm: 3,000 alerts from 2 tools");
    expect(storm?.members).toHaveLength(1000);
    expect(storm?.storm?.tools[0]).toEqual(["nagios", 2901]);
    expect(storm?.storm?.until).toBeNull();
  });

  it("leaves alone what has an incident of its own, and what a person has taken", () => {
    const line = new Timeline();
    line.push(0, { asset_name: "known", severity: "high" });
    line.act(1, 1, { type: "acknowledge" });
    burst(line, 1.1, 150);
    expect(line.push(2, { asset_name: "known", severity: "high" }).alert?.incident).toBe(1);
    expect(line.incident(1)).toMatchObject({ status: "acknowledged", distinct: 1 });
  });

  it("is over after five calm minutes and sums itself up; then incidents are as usual", () => {
    const line = new Timeline();
    burst(line, 0, 400);
    const storm = open(line)[0];
    line.advance(4);
    expect(storm?.storm?.until).toBeNull();
    line.advance(12);
    expect(storm?.storm?.until).not.toBeNull();
    expect(line.changes.timeline.at(-1)).toMatchObject({ kind: "storm_over", incident: storm?.seq });
    expect(line.changes.timeline.at(-1)?.text).toContain("400 alerts");
    expect(line.push(13, { asset_name: "later" }).outcome).toBe("opened");
  });

  it("is not what a busy company always has", () => {
    const line = new Timeline();
    // A minute of fifty new ones is usual here.
    line.storm.usual = 50;
    burst(line, 0, 450);
    expect(open(line)).toHaveLength(450);
    burst(line, 1, 600, 450);
    expect(open(line).length).toBeLessThan(600);
  });

  it("learns what is usual, and forgets it", () => {
    const line = new Timeline();
    for (let minute = 0; minute < 600; minute++)
      for (let i = 0; i < 3; i++) line.at(minute, (ctx, now) => countNew(ctx, now));
    const learned = line.storm.usual;
    expect(learned).toBeGreaterThan(0.5);
    expect(learned).toBeLessThan(3);
    line.at(600 + 24 * 60, (ctx, now) => countNew(ctx, now));
    expect(line.storm.usual).toBeLessThan(learned * 0.6);
  });
});
