import { describe, expect, test } from "vitest";
import { compileRecurrence, type Recurrence } from "../../../core/policy/recurrence.ts";
import { instantOf, wallClock, wallOf } from "../../../core/policy/wall-clock.ts";

const HOUR = 3_600_000;
const ms = (iso: string) => Date.parse(iso);

function occurrences(of: Partial<Recurrence>, after: string, max = 3): string[] {
  const made = compileRecurrence({
    starts_at: "2026-01-01T02:30",
    zone: "UTC",
    duration_minutes: 60,
    rrule: null,
    ...of,
  });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made
    .value(ms(after), max)
    .map(({ start, end }) => `${new Date(start).toISOString().slice(0, 16)} +${(end - start) / 60_000}`);
}

describe("a window at 02:30", () => {
  test("begins at the first instant there is when clocks go forward over it", () => {
    const newYork = {
      starts_at: "2026-03-01T02:30",
      zone: "America/New_York",
      rrule: "FREQ=WEEKLY;BYDAY=SU",
    };
    expect(occurrences(newYork, "2026-03-01T12:00:00Z")).toEqual([
      "2026-03-08T07:00 +60",
      "2026-03-15T06:30 +60",
      "2026-03-22T06:30 +60",
    ]);
  });

  test("runs once, for its whole time, when the hour comes twice", () => {
    const berlin = { starts_at: "2026-10-18T02:30", zone: "Europe/Berlin", rrule: "FREQ=DAILY" };
    expect(occurrences(berlin, "2026-10-24T02:00:00Z")).toEqual([
      "2026-10-25T00:30 +60",
      "2026-10-26T01:30 +60",
      "2026-10-27T01:30 +60",
    ]);
  });

  test("half an hour of Lord Howe, Dublin's winter saving and the day Apia left out", () => {
    expect(
      occurrences({ starts_at: "2026-10-04T02:10", zone: "Australia/Lord_Howe" }, "2026-10-01T00:00:00Z"),
    ).toEqual(["2026-10-03T15:30 +60"]);
    expect(
      occurrences({ starts_at: "2026-03-29T01:30", zone: "Europe/Dublin" }, "2026-03-01T00:00:00Z"),
    ).toEqual(["2026-03-29T01:00 +60"]);
    expect(
      occurrences({ starts_at: "2011-12-30T12:00", zone: "Pacific/Apia" }, "2011-12-01T00:00:00Z"),
    ).toEqual(["2011-12-30T10:00 +60"]);
  });

  test("one that goes on now is the first", () => {
    expect(occurrences({ rrule: "FREQ=DAILY" }, "2026-05-05T03:00:00Z", 1)).toEqual(["2026-05-05T02:30 +60"]);
    expect(occurrences({ rrule: "FREQ=DAILY" }, "2026-05-05T03:30:00Z", 1)).toEqual(["2026-05-06T02:30 +60"]);
    expect(occurrences({ duration_minutes: 10080 }, "2026-01-08T02:00:00Z")).toEqual([
      "2026-01-01T02:30 +10080",
    ]);
    expect(occurrences({}, "2026-01-01T03:30:00Z")).toEqual([]);
  });

  test("ends with its count or on its last day, as clocks there show it", () => {
    expect(occurrences({ rrule: "FREQ=DAILY;COUNT=2" }, "2026-01-01T00:00:00Z")).toHaveLength(2);
    const until = { zone: "Asia/Tokyo", rrule: "FREQ=DAILY;UNTIL=20260102" };
    expect(occurrences(until, "2025-12-01T00:00:00Z")).toHaveLength(2);
    expect(occurrences({ rrule: "FREQ=MONTHLY;BYDAY=-1SU" }, "2026-02-01T00:00:00Z", 2)).toEqual([
      "2026-02-22T02:30 +60",
      "2026-03-29T02:30 +60",
    ]);
  });

  test.each([
    ["FREQ=HOURLY", "HOURLY cannot be the FREQ"],
    ["BYDAY=MO", "Say how often"],
    ["FREQ=DAILY;BYHOUR=3", "BYHOUR is not a part"],
    ["FREQ=DAILY;COUNT=2;UNTIL=20300101", "exclude each other"],
    ["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "never takes place"],
    ["FREQ=DAILY;DAILY", "DAILY is not a part"],
  ])("%s is refused", (rrule, why) => {
    const made = compileRecurrence({
      starts_at: "2026-01-01T02:30",
      zone: "UTC",
      duration_minutes: 1,
      rrule,
    });
    expect(made.ok ? "" : made.error.fields?.rrule).toContain(why);
  });
});

describe("wall clocks", () => {
  const zones = Intl.supportedValuesOf("timeZone");

  /** Every instant in these nights at which a zone may change its clocks, and some at which none does. */
  const nights = [
    "2026-03-08",
    "2026-03-29",
    "2026-04-05",
    "2026-10-04",
    "2026-10-25",
    "2026-11-01",
    "2026-07-01",
  ];

  test("are right around changes in every zone", () => {
    expect(zones.length).toBeGreaterThan(300);
    for (const zone of zones) {
      for (const night of nights) {
        for (let wall = ms(`${night}T00:00:00Z`); wall <= ms(`${night}T04:00:00Z`); wall += HOUR / 2) {
          const instant = instantOf(wall, zone);
          const shown = wallOf(instant, zone);
          if (shown === wall) {
            // The first of those that show it: an hour, or half of one, before it clocks show something else.
            expect(wallOf(instant - HOUR, zone), zone).not.toBe(wall);
            expect(wallOf(instant - HOUR / 2, zone), zone).not.toBe(wall);
          } else {
            // There is none: just before, clocks showed less; now they show more.
            expect(shown, zone).toBeGreaterThan(wall);
            expect(wallOf(instant - 1, zone), zone).toBeLessThan(wall);
          }
        }
      }
    }
  });

  test("tell minute and weekday", () => {
    expect(wallClock(ms("2026-03-08T23:30:00Z"), "Asia/Tokyo")).toEqual({ minute: 510, weekday: 1 });
    expect(wallClock(ms("2026-03-08T03:30:00Z"), "America/New_York")).toEqual({ minute: 1350, weekday: 6 });
  });
});
