import { duration } from "../../../lib/format.ts";
import type { TimedWindow } from "../../noise/window-fields.tsx";

/** When a window takes place: "2026-12-06 02:00 Europe/Berlin, 1h, FREQ=WEEKLY". */
export function whenWords({ starts_at, zone, duration_minutes, rrule }: TimedWindow): string {
  const once = `${starts_at.replace("T", " ")} ${zone}, ${duration(duration_minutes * 60)}`;
  return rrule ? `${once}, ${rrule}` : once;
}

export const windowWords = (window: TimedWindow) => `${window.name}: ${whenWords(window)}`;
