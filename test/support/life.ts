import { expect } from "vitest";
import { keyOf, stored } from "./adapted.ts";
import { Timeline } from "./timeline.ts";

export interface Life {
  firing: string;
  repeat?: string;
  worse?: string;
  /** Stored bodies that only say something: no new alert, no end. */
  noted?: string[];
  recovery: string;
}

/**
 * A problem as a tool tells it, from its first notification to its recovery: one alert under one key, one
 * incident, which only the recovery ends. @returns the timeline, for what is to be seen besides
 */
export function liveThrough(tool: string, life: Life): Timeline {
  const told = [life.firing, life.repeat, life.worse, ...(life.noted ?? []), life.recovery];
  const names = told.filter((name): name is string => name !== undefined);
  expect(new Set(names.map((name) => keyOf(stored(tool, name)))).size, "one key").toBe(1);

  const line = new Timeline({ resolve_delay_minutes: 3 });
  const deliver = (minute: number, name: string) =>
    line.push(minute, { ...stored(tool, name), event_time: null });
  deliver(0, life.firing);
  if (life.repeat) deliver(2, life.repeat);
  if (life.worse) {
    deliver(4, life.worse);
    expect(line.alerts[0]?.severity).toBe(stored(tool, life.worse).severity);
  }
  expect(line.incidents).toHaveLength(1);
  expect(line.incident(1)).toMatchObject({ status: "new", firing: 1 });
  for (const name of life.noted ?? []) expect(stored(tool, name).update, name).toBeTruthy();

  deliver(10, life.recovery);
  expect(line.alerts).toHaveLength(1);
  expect(line.alerts[0]).toMatchObject({ status: "resolved" });
  line.advance(14);
  expect(line.incident(1).status).toBe("resolved");
  return line;
}

/** A stored body with umlauts, other scripts, quotes and markup, and one that is too long. */
export function keepsTexts(tool: string): void {
  const unicode = stored(tool, "unicode");
  expect(`${unicode.asset_name} ${unicode.signature} ${unicode.message}`).toMatch(
    /größe|Größe|köln|prüfstand/,
  );
  expect(unicode.message).toContain('"');
  expect(unicode.message.isWellFormed()).toBe(true);
  const oversize = stored(tool, "oversize");
  expect(oversize.flags).toContain("message_cut");
  expect(oversize.message.length).toBeLessThanOrEqual(8192);
  expect(oversize.message.isWellFormed()).toBe(true);
  expect(oversize.asset_name).not.toBe("");
}
