import { describe, expect, it } from "vitest";
import { Timeline } from "../../support/timeline.ts";

const kinds = (line: Timeline, kind: string) => line.story(1).filter((one) => one === kind).length;

describe("an alert that flaps", () => {
  /** Fires at 0; recovers and fires in turn every two minutes, `changes` times. */
  function bouncing(changes: number): Timeline {
    const line = new Timeline();
    line.push(0);
    for (let i = 1; i <= changes; i++) {
      if (i % 2) line.recover(i * 2);
      else line.push(i * 2);
    }
    return line;
  }

  it("is told of once at its fourth change, and no bounce after that is news", () => {
    expect(bouncing(3).incident(1).flapping).toBeUndefined();
    const line = bouncing(4);
    expect(line.incident(1).flapping).toBe(1);
    const before = line.story(1);
    expect(before.filter((kind) => kind === "flapping")).toHaveLength(1);
    line.recover(10);
    line.push(12);
    line.recover(14);
    expect(line.story(1)).toEqual(before);
    expect(line.incidents).toHaveLength(1);
  });

  it("stays open while it flaps, and resolves once it is steady", () => {
    const line = bouncing(5);
    line.advance(24.9);
    expect(line.incident(1)).toMatchObject({ status: "new", firing: 0, flapping: 1 });
    line.advance(26);
    expect(line.incident(1)).toMatchObject({ status: "resolved", flapping: 0 });
    expect(line.story(1).slice(-2)).toEqual(["flapping_ended", "resolved"]);
  });

  it("does not count repeats, nor changes that are half an hour apart", () => {
    const line = new Timeline();
    for (let minute = 0; minute < 20; minute++) line.push(minute);
    line.recover(21);
    line.push(40);
    line.recover(60);
    line.push(75);
    expect(kinds(line, "flapping")).toBe(0);
  });

  it("still raises its incident when it grows worse", () => {
    const line = bouncing(4);
    line.push(9, { severity: "critical" });
    expect(line.incident(1).severity).toBe("critical");
    expect(kinds(line, "severity_raised")).toBe(1);
  });
});
