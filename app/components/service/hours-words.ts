import type { Hours } from "../../../core/working-hours.ts";
import { plural } from "../../lib/format.ts";

export const DAY_NAMES = [
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
  "Sunday",
] as const;

/** In one line: "Mon 09:00 to 17:00, Tue 09:00 to 17:00; Europe/Berlin; 2 holidays". */
export function hoursWords(hours: Hours): string {
  if (hours === "24x7") return "around the clock";
  const { days, time_zone, holidays } = hours;
  const listed = days.map(
    ({ weekday, from, to }) => `${DAY_NAMES[weekday - 1]?.slice(0, 3)} ${from} to ${to}`,
  );
  return [listed.join(", "), time_zone, plural(holidays.length, "holiday")].join("; ");
}
