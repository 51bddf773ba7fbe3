const DAY = 86_400_000;
const MINUTE = 60_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formats.set(zone, made);
  return made;
}

/**
 * What clocks in a zone show at an instant, as the instant at which clocks in UTC show the same. Epoch ms.
 * @throws RangeError for a zone that this runtime does not know
 */
export function wallOf(instant: number, zone: string): number {
  const part = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
  const whole = Math.floor(instant / 1000) * 1000;
  for (const { type, value } of formatOf(zone).formatToParts(whole)) {
    if (type in part) part[type as keyof typeof part] = Number(value);
  }
  const { year, month, day, hour, minute, second } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) + (instant - whole);
}

/**
 * The instant that a wall clock means in a zone: of two (clocks went back) the first; where there is none
 * (clocks went forward over it) the first instant after. `wall` is epoch ms of that wall clock in UTC.
 */
export function instantOf(wall: number, zone: string): number {
  const before = wallOf(wall - DAY, zone) - (wall - DAY);
  const after = wallOf(wall + DAY, zone) - (wall + DAY);
  const first = wall - Math.max(before, after);
  if (wallOf(first, zone) === wall) return first;
  let late = wall - Math.min(before, after);
  if (wallOf(late, zone) === wall) return late;
  // It does not exist: look for the jump between the two.
  let early = first;
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (wallOf(middle, zone) >= wall) late = middle;
    else early = middle;
  }
  return late;
}

/** Minute of the day (0 to 1439) and weekday (Monday 1 to Sunday 7) in a zone. */
export function wallClock(instant: number, zone: string): { minute: number; weekday: number } {
  const wall = wallOf(instant, zone);
  const weekday = new Date(wall).getUTCDay() || 7;
  return { minute: Math.floor((((wall % DAY) + DAY) % DAY) / MINUTE), weekday };
}
