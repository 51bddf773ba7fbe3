import * as z from "zod";
import { type Hours, weeklyHoursSchema } from "../../core/working-hours.ts";
import { lines, ticked } from "./company-forms.server.ts";

const text = z.string().default("");

/** Seven days, Monday first; only those that are ticked count. */
const draft = z.object({
  kind: z.enum(["24x7", "weekly"]),
  time_zone: text,
  days: z.array(z.object({ on: ticked, from: text, to: text })).default([]),
  holidays: lines,
});

/** The hours, and which row of the form each of their days was. */
function hoursOf({ time_zone, days, holidays }: z.output<typeof draft>) {
  const rows = days.flatMap(({ on }, row) => (on ? [row] : []));
  const chosen = rows.map((row) => ({ weekday: row + 1, from: days[row]?.from, to: days[row]?.to }));
  return { rows, hours: { time_zone, days: chosen, holidays } };
}

/** Hours as a form has them, checked by the rules of the API; each error under its field of the form. */
export const hoursForm = draft.transform((typed, context): Hours => {
  if (typed.kind === "24x7") return "24x7";
  const { rows, hours } = hoursOf(typed);
  const read = weeklyHoursSchema.safeParse(hours);
  if (read.success) return read.data;
  const inHolidays: string[] = [];
  for (const { path, message } of read.error.issues) {
    const [field, at, ...rest] = path;
    if (field === "holidays")
      inHolidays.push(typeof at === "number" ? `Line ${at + 1}: ${message}.` : message);
    else if (typeof at === "number")
      context.addIssue({ code: "custom", path: [String(field), rows[at] ?? at, ...rest], message });
    else context.addIssue({ code: "custom", path: [String(field)], message });
  }
  if (inHolidays.length > 0)
    context.addIssue({ code: "custom", path: ["holidays"], message: inHolidays.join(" ") });
  return z.NEVER;
});
