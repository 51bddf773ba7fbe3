import * as z from "zod";
import { timeZoneSchema } from "./time-zone.ts";

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "write the time as 07:30");

const dayHours = z.object({
  weekday: z.number().int().min(1).max(7).describe("Monday is 1"),
  from: clock,
  to: clock.describe("where it is not later than from: of the next day"),
});

const once = (values: readonly unknown[]) => new Set(values).size === values.length;

/** Hours of a week as clocks in a zone show them, holidays taken out. */
export const weeklyHoursSchema = z.object({
  time_zone: timeZoneSchema,
  days: z
    .array(dayHours)
    .min(1, "choose a day")
    .max(7)
    .refine((days) => once(days.map(({ weekday }) => weekday)), "name each day once"),
  holidays: z
    .array(z.iso.date("write the day as 2026-12-25"))
    .max(400, "at most 400 days")
    .refine(once, "name each day once")
    .default([])
    .describe("days on which no hours begin"),
});
export type WeeklyHours = z.infer<typeof weeklyHoursSchema>;

export const hoursSchema = z.union([z.literal("24x7"), weeklyHoursSchema], {
  error: 'give "24x7", or {time_zone, days: [{weekday, from, to}], holidays}',
});
export type Hours = z.infer<typeof hoursSchema>;
