const DAYS: Record<string, string> = {
  MO: "Mon",
  TU: "Tue",
  WE: "Wed",
  TH: "Thu",
  FR: "Fri",
  SA: "Sat",
  SU: "Sun",
};
const NTH: Record<string, string> = {
  "1": "first",
  "2": "second",
  "3": "third",
  "4": "fourth",
  "-1": "last",
};
const UNIT: Record<string, string> = { DAILY: "day", WEEKLY: "week", MONTHLY: "month", YEARLY: "year" };

/** "SU" is Sun, "1SA" the first Sat; null: not one of those. */
function dayWords(text: string): string | null {
  const parts = /^([+-]?\d+)?(MO|TU|WE|TH|FR|SA|SU)$/.exec(text);
  const day = DAYS[parts?.[2] ?? ""];
  if (!day) return null;
  if (parts?.[1] === undefined) return day;
  const nth = NTH[String(Number(parts[1]))];
  return nth ? `the ${nth} ${day}` : null;
}

/** An RRULE (RFC 5545) as people say it; one that says more than these words stays as it is. */
export function repeatWords(rrule: string): string {
  const parts = new Map(rrule.split(";").map((part) => part.split("=") as [string, string]));
  const unit = UNIT[parts.get("FREQ") ?? ""];
  const every = parts.get("INTERVAL") ?? "1";
  const days = parts.get("BYDAY")?.split(",").map(dayWords) ?? [];
  const said = ["FREQ", "INTERVAL", "BYDAY"];
  if (!unit || days.includes(null) || [...parts.keys()].some((name) => !said.includes(name))) return rrule;
  const often = every === "1" ? `every ${unit}` : `every ${every} ${unit}s`;
  return days.length > 0 ? `${often} on ${days.join(", ")}` : often;
}
