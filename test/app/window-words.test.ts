import { describe, expect, it } from "vitest";
import { repeatWords } from "../../app/components/noise/repeat-words.ts";
import { untilTime } from "../../app/components/noise/zone-time.ts";

describe("when a window comes again", () => {
  it.each([
    ["FREQ=DAILY", "every day"],
    ["FREQ=WEEKLY;BYDAY=SU", "every week on Sun"],
    ["FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "every 2 weeks on Mon, Thu"],
    ["FREQ=MONTHLY;BYDAY=1SA", "every month on the first Sat"],
    ["FREQ=MONTHLY;BYDAY=-1SU", "every month on the last Sun"],
  ])("%s is said as %s", (rrule, words) => {
    expect(repeatWords(rrule)).toBe(words);
  });

  it.each([
    "FREQ=MONTHLY;BYMONTHDAY=15",
    "FREQ=WEEKLY;COUNT=3",
    "FREQ=YEARLY;BYDAY=20MO",
    "nonsense",
  ])("%s stays as it is: the words would say too little", (rrule) => {
    expect(repeatWords(rrule)).toBe(rrule);
  });
});

describe("an end after its start", () => {
  it("is a time alone on the same day of the zone, else a day as well", () => {
    const start = "2026-11-22T07:00:00Z";
    expect(untilTime(start, "2026-11-22T10:00:00Z", "America/New_York")).toBe("05:00");
    expect(untilTime(start, "2026-11-23T10:00:00Z", "America/New_York")).toBe("Mon 23 Nov, 05:00");
    expect(untilTime("2026-11-22T21:30:00Z", "2026-11-22T23:30:00Z", "Europe/Berlin")).toBe(
      "Mon 23 Nov, 00:30",
    );
  });
});
