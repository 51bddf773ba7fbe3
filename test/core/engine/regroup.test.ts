import { describe, expect, it } from "vitest";
import { giveFeedback, setSeverity } from "../../../core/engine/judging.ts";
import { mergeByHand, splitByHand, undoRegrouping } from "../../../core/engine/regroup.ts";
import { Timeline } from "../../support/timeline.ts";

const ADA = { id: "us_ada", name: "Ada" };
const merge = (line: Timeline, minute: number, into: number, from: number[]) =>
  line.at(minute, (ctx, now) =>
    mergeByHand(
      ctx,
      line.incident(into),
      from.map((n) => line.incident(n)),
      ADA,
      now,
    ),
  );
const split = (line: Timeline, minute: number, n: number, seqs: number[]) =>
  line.at(minute, (ctx, now) => splitByHand(ctx, line.incident(n), seqs, null, ADA, now));
const undo = (line: Timeline, minute: number, n: number) =>
  line.at(minute, (ctx, now) => undoRegrouping(ctx, line.incident(n), ADA, now));

function three(): Timeline {
  const line = new Timeline();
  for (const asset_name of ["a", "b", "c"]) line.push(0, { asset_name, severity: "medium" });
  return line;
}

describe("merging by hand", () => {
  it("makes them one, and what comes for the merged one goes to the other", () => {
    const line = three();
    expect(merge(line, 1, 1, [2, 3]).ok).toBe(true);
    expect(line.incident(1)).toMatchObject({ distinct: 3, firing: 3, alert_count: 3, members: [1, 2, 3] });
    for (const n of [2, 3])
      expect(line.incident(n)).toMatchObject({ status: "resolved", merged_into: 1, distinct: 0, firing: 0 });
    line.push(2, { asset_name: "b", severity: "medium" });
    expect(line.incident(1).alert_count).toBe(4);
    line.recover(3, { asset_name: "b" });
    expect(line.push(4, { asset_name: "b", severity: "medium" }).alert?.incident).toBe(1);
    expect(line.act(5, 2, { type: "reopen", reason: "" }).ok).toBe(false);
    expect(line.changes.lessons.map(({ kind }) => kind)).toEqual(["merged", "merged"]);
  });

  it("titles what it merged as if the alerts had joined one by one", () => {
    const two = (first: string, second: string) => {
      const line = new Timeline();
      line.push(0, { asset_name: "web-01", signature: "disk_full" });
      line.push(0, { asset_name: first, signature: second });
      merge(line, 1, 1, [2]);
      return line.incident(1).title;
    };
    expect(two("web-02", "disk_full")).toBe("Disk almost full across 2 servers");
    expect(two("web-02", "high_cpu_usage")).toBe("Disk almost full across 2 servers");
    expect(two("web-01", "high_cpu_usage")).toBe("Several problems on web-01");
  });

  it("resolves by itself when all of it is well, and reopens as one", () => {
    const line = three();
    merge(line, 1, 1, [2]);
    line.recover(2, { asset_name: "a" });
    line.recover(3, { asset_name: "b" });
    line.advance(7);
    expect(line.incident(1).status).toBe("resolved");
    expect(line.push(10, { asset_name: "b", severity: "medium" }).outcome).toBe("reopened");
    expect(line.incident(1)).toMatchObject({ status: "new", firing: 1 });
    expect(line.incident(2).status).toBe("resolved");
  });

  it("is taken back as it was done, several at once", () => {
    const line = three();
    merge(line, 1, 1, [2, 3]);
    expect(undo(line, 2, 1).ok).toBe(true);
    for (const n of [1, 2, 3])
      expect(line.incident(n)).toMatchObject({ status: "new", distinct: 1, firing: 1, alert_count: 1 });
    expect(line.alerts.map((a) => a.incident)).toEqual([1, 2, 3]);
    expect(undo(line, 3, 1).ok).toBe(false);
  });

  it("leaves the severity and weight that only the other one had brought, once it is taken back", () => {
    const line = new Timeline({}, { critical: ["b"] });
    line.push(0, { asset_name: "a", severity: "low" });
    line.push(0, { asset_name: "b", severity: "critical" });
    merge(line, 1, 1, [2]);
    expect(line.incident(1)).toMatchObject({ severity: "critical", critical_asset: true });
    undo(line, 2, 1);
    expect(line.incident(1)).toMatchObject({ severity: "low", critical_asset: false });
    expect(line.incident(2)).toMatchObject({ severity: "critical", critical_asset: true });
  });

  it("taken back keeps what got worse by itself meanwhile, and what a person has said since", () => {
    const line = three();
    merge(line, 1, 1, [2]);
    line.push(2, { asset_name: "a", severity: "high" });
    undo(line, 3, 1);
    expect(line.incident(1).severity).toBe("high");
    merge(line, 4, 3, [2]);
    line.at(5, (ctx, now) => setSeverity(ctx.changes, line.incident(3), "low", ADA, now));
    undo(line, 6, 3);
    expect(line.incident(3).severity).toBe("low");
  });

  it("is refused into or of what is resolved", () => {
    const line = three();
    line.act(1, 2, { type: "resolve", notes: "" });
    expect(merge(line, 2, 1, [2])).toMatchObject({ ok: false, error: { code: "conflict" } });
    expect(merge(line, 2, 2, [3])).toMatchObject({ ok: false, error: { code: "conflict" } });
  });
});

describe("splitting by hand", () => {
  it("takes alerts out into an incident of their own, counts and all, and can be taken back", () => {
    const line = three();
    merge(line, 1, 1, [2, 3]);
    const made = split(line, 2, 1, [3]);
    expect(made.ok && made.value.seq).toBe(4);
    expect(line.incident(1)).toMatchObject({ distinct: 2, firing: 2, members: [1, 2] });
    expect(line.incident(4)).toMatchObject({ distinct: 1, firing: 1, members: [3], severity: "medium" });
    line.recover(3, { asset_name: "c" });
    line.advance(7);
    expect(line.incident(4).status).toBe("resolved");
    expect(line.push(9, { asset_name: "c", severity: "medium" })).toMatchObject({ outcome: "reopened" });
    expect(undo(line, 10, 1).ok).toBe(true);
    expect(line.incident(1)).toMatchObject({ distinct: 3, firing: 3 });
    expect(line.incident(4)).toMatchObject({ status: "resolved", merged_into: 1 });
    // The merge before is the next to be taken back.
    expect(undo(line, 11, 1).ok).toBe(true);
    expect(line.alerts.map((a) => a.incident)).toEqual([1, 2, 3]);
  });

  it("leaves at least one, and takes only its own", () => {
    const line = three();
    expect(split(line, 1, 1, [1])).toMatchObject({ ok: false, error: { code: "validation_failed" } });
    expect(split(line, 1, 1, [2])).toMatchObject({ ok: false, error: { code: "conflict" } });
  });
});

describe("what a person says of an incident", () => {
  it("holds for its severity until something worse than what they knew comes", () => {
    const line = new Timeline({ strategy: "asset" });
    line.push(0, { signature: "one", severity: "high" });
    line.at(1, (ctx, now) => setSeverity(ctx.changes, line.incident(1), "low", ADA, now));
    line.push(2, { signature: "two", severity: "high" });
    expect(line.incident(1).severity).toBe("low");
    line.push(3, { signature: "three", severity: "critical" });
    expect(line.incident(1).severity).toBe("critical");
  });

  it("is kept once a person, told inside, and learned from", () => {
    const line = three();
    for (const good of [true, false])
      line.at(1, (ctx, now) =>
        giveFeedback(ctx.changes, line.incident(1), { good, comment: "", alerts: [] }, ADA, now),
      );
    expect(line.incident(1).feedback).toMatchObject([{ good: false, by: ADA }]);
    expect(line.changes.lessons.at(-1)).toMatchObject({ kind: "bad", incident: 1, alerts: [1] });
    expect(line.changes.timeline.at(-1)).toMatchObject({ kind: "feedback", public: false });
  });
});
