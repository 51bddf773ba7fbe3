import { describe, expect, it } from "vitest";
import { MEMBERS_MAX } from "../../../core/engine/limits.ts";
import { at, Timeline } from "../../support/timeline.ts";

const DAY = 24 * 60;

describe("the window", () => {
  it("slides with every alert, up to a day", () => {
    const line = new Timeline({ strategy: "asset", window_minutes: 15 });
    line.push(0, { signature: "check 0" });
    expect(line.push(15, { signature: "check 1" }).outcome).toBe("joined");
    expect(line.push(30, { signature: "check 2" }).outcome).toBe("joined");
    expect(line.push(45.1, { signature: "check 3" }).outcome).toBe("opened");
    expect(line.incident(2)).toMatchObject({ recurrence_of: 1, why: [{ rule: "group.new_window" }] });
    expect(line.incident(1).distinct).toBe(3);
  });

  it("is held open by repeats", () => {
    const line = new Timeline({ strategy: "asset", window_minutes: 15 });
    line.push(0);
    line.push(10);
    line.push(20);
    expect(line.push(34, { signature: "disk_full" }).outcome).toBe("joined");
  });

  it("ends for an alert that fires again long after all fell quiet, though the incident is open yet", () => {
    const line = new Timeline({ window_minutes: 5, resolve_delay_minutes: 60 });
    line.push(0);
    line.recover(1);
    expect(line.push(4).outcome).toBe("joined");
    line.recover(5);
    expect(line.push(15).outcome).toBe("opened");
    expect(line.incident(2).recurrence_of).toBe(1);
    line.advance(65);
    expect(line.incidents.map((i) => i.status)).toEqual(["resolved", "new"]);
  });

  it("ends at a hard age, however busy the incident is", () => {
    const line = new Timeline({ strategy: "asset" });
    for (let minute = 0; minute < DAY; minute += 10) line.push(minute, { signature: `check ${minute % 70}` });
    expect(line.incidents).toHaveLength(1);
    expect(line.push(DAY, { signature: "another check" }).outcome).toBe("opened");
    expect(line.incident(2).recurrence_of).toBe(1);
  });

  it("lists a thousand members and counts the rest", () => {
    const line = new Timeline({ strategy: "signature" });
    for (let i = 0; i < MEMBERS_MAX + 50; i++) line.push(i / 1000, { asset_name: `web-${i}` });
    const incident = line.incident(1);
    expect(line.incidents).toHaveLength(1);
    expect(incident).toMatchObject({ distinct: 1050, alert_count: 1050, firing: 1050 });
    expect(incident.members).toHaveLength(1000);
    for (let i = 0; i < MEMBERS_MAX + 50; i++) line.recover(2 + i / 1000, { asset_name: `web-${i}` });
    line.advance(10);
    expect(incident).toMatchObject({ status: "resolved", firing: 0 });
  });
});

describe("after the resolution", () => {
  const resolved = (settings = {}) => {
    const line = new Timeline({ resolve_delay_minutes: 3, reopen_minutes: 30, ...settings });
    line.push(0);
    line.recover(1);
    line.advance(4);
    expect(line.incident(1)).toMatchObject({ status: "resolved", resolved_at: at(4) });
    return line;
  };

  it("the same alert within the time opens the same incident again", () => {
    const line = resolved();
    expect(line.push(34, { severity: "critical" }).outcome).toBe("reopened");
    expect(line.incidents).toHaveLength(1);
    expect(line.incident(1)).toMatchObject({
      status: "new",
      severity: "critical",
      reopen_count: 1,
      resolved_at: null,
      opened_at: at(34),
      created_at: at(0),
      firing: 1,
    });
    expect(line.story(1)).toEqual(["opened", "alert_resolved", "resolved", "reopened"]);
  });

  it("another alert of the same group does so too", () => {
    const line = resolved();
    expect(line.push(30, { tool_source: "other" }).outcome).toBe("reopened");
    expect(line.incident(1)).toMatchObject({ distinct: 2, reopen_count: 1, tools: ["test", "other"] });
    expect(line.alerts[1]?.why.at(-1)?.rule).toBe("reopen.same_key");
  });

  it("the severity is that of the new episode", () => {
    const line = new Timeline();
    line.push(0, { severity: "critical" });
    line.recover(1);
    line.push(10, { severity: "low" });
    expect(line.incident(1)).toMatchObject({ status: "new", severity: "low", reopen_count: 1 });
  });

  it("past the time it is a new incident that names the one before", () => {
    const line = resolved();
    expect(line.push(34.1).outcome).toBe("opened");
    expect(line.incident(1)).toMatchObject({
      status: "resolved",
      distinct: 1,
      reopen_count: 0,
    });
    expect(line.incident(2)).toMatchObject({ status: "new", recurrence_of: 1 });
    expect(line.incident(2).why[0]?.text).toContain("recurrence");
    expect(line.alerts.map((a) => a.incident)).toEqual([1, 2]);
    expect(line.store.incidentByKey(line.incident(1).agg_key)).toBe(line.incident(2));
  });

  it("a longer window does not take into a resolved incident", () => {
    const line = resolved({ window_minutes: 600, reopen_minutes: 5 });
    expect(line.push(20).outcome).toBe("opened");
  });
});

describe("a person", () => {
  it("resolves while the source still fires: repeats count and never reopen, the next firing does", () => {
    const line = new Timeline();
    line.push(0);
    expect(line.act(1, 1, { type: "resolve", notes: " rebooted " })).toMatchObject({ ok: true });
    expect(line.incident(1)).toMatchObject({ status: "resolved", firing: 1, resolution_notes: "rebooted" });
    for (const minute of [2, 10, 25]) expect(line.push(minute).outcome).toBe("repeated");
    expect(line.incident(1)).toMatchObject({ status: "resolved", alert_count: 4 });
    line.recover(26);
    line.advance(29);
    expect(line.incident(1)).toMatchObject({ status: "resolved", resolved_by: { name: "Ada" }, firing: 0 });
    expect(line.push(30).outcome).toBe("reopened");
    expect(line.incident(1)).toMatchObject({ status: "new", resolved_by: null, resolution_notes: null });
  });

  it("long after a resolution still gets repeats counted, not reopened", () => {
    const line = new Timeline();
    line.push(0);
    line.act(1, 1, { type: "resolve", notes: "" });
    for (let minute = 60; minute < 2000; minute += 60) expect(line.push(minute).outcome).toBe("repeated");
    expect(line.incidents).toHaveLength(1);
    line.recover(2000);
    expect(line.push(2001).outcome).toBe("opened");
    expect(line.incident(2).recurrence_of).toBe(1);
  });

  it("acknowledges: the first is named, the same again is fine, somebody else is too late", () => {
    const line = new Timeline();
    line.push(0);
    expect(line.act(1, 1, { type: "acknowledge" })).toEqual({ ok: true, value: { changed: true } });
    expect(line.act(2, 1, { type: "acknowledge" })).toEqual({ ok: true, value: { changed: false } });
    const second = line.act(3, 1, { type: "acknowledge" }, "Bob");
    expect(second).toMatchObject({
      ok: false,
      error: { code: "conflict", detail: expect.stringContaining("Ada") },
    });
    expect(line.incident(1)).toMatchObject({
      status: "acknowledged",
      acknowledged_at: at(1),
      assigned_to: { name: "Ada" },
    });
    line.push(4);
    expect(line.incident(1).status).toBe("acknowledged");
    line.recover(5);
    line.advance(8);
    expect(line.incident(1)).toMatchObject({ status: "resolved", resolved_by: null });
    expect(line.act(9, 1, { type: "acknowledge" }, "Bob")).toMatchObject({ error: { code: "conflict" } });
  });

  it("resolves: the same again is fine, somebody else is too late", () => {
    const line = new Timeline();
    line.push(0);
    line.act(1, 1, { type: "resolve", notes: "" });
    expect(line.act(2, 1, { type: "resolve", notes: "more" })).toEqual({
      ok: true,
      value: { changed: false },
    });
    expect(line.act(3, 1, { type: "resolve", notes: "" }, "Bob")).toMatchObject({
      error: { code: "conflict" },
    });
    expect(line.incident(1).resolved_at).toBe(at(1));
  });

  it("reopens: acknowledgement and resolution are undone, the history stays", () => {
    const line = new Timeline();
    line.push(0);
    line.act(1, 1, { type: "acknowledge" });
    line.act(2, 1, { type: "resolve", notes: "done" });
    line.act(3, 1, { type: "reopen", reason: "not done" }, "Bob");
    expect(line.incident(1)).toMatchObject({
      status: "new",
      acknowledged_by: null,
      resolved_at: null,
      reopen_count: 1,
    });
    expect(line.act(4, 1, { type: "reopen", reason: "" })).toEqual({ ok: true, value: { changed: false } });
    expect(line.story(1)).toEqual(["opened", "acknowledged", "resolved", "reopened"]);
    const last = line.changes.timeline.at(-1);
    expect(last).toMatchObject({ actor: { type: "user", name: "Bob" }, text: "Bob reopened it: not done" });
  });
});
