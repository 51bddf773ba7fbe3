import * as z from "zod";
import { emailSchema } from "./account.ts";
import { timeZoneSchema } from "./time-zone.ts";

export const profileSchema = z.object({
  name: z.string().trim().min(1, "give your name").max(120),
  time_zone: timeZoneSchema,
  email: z.string(),
  email_verified: z.boolean(),
});
export const changeProfileSchema = profileSchema.pick({ name: true, time_zone: true }).partial();

/** Only e-mail can be verified yet; a phone number is kept and shown as not in use. */
export const newContactSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("email"), value: emailSchema }),
  z.object({
    kind: z.literal("phone"),
    value: z
      .string()
      .transform((text) => text.replace(/[\s().-]/g, ""))
      .pipe(z.string().regex(/^\+[1-9]\d{6,14}$/, "with its country, for example +49 30 1234567")),
  }),
]);

export const contactSchema = z.object({
  id: z.string(),
  kind: z.enum(["email", "phone"]),
  value: z.string(),
  verified_at: z.iso.datetime().nullable(),
  verifiable: z.boolean().describe("false where the service cannot send a code to this kind yet"),
  created_at: z.iso.datetime(),
});
export type Contact = z.infer<typeof contactSchema>;

export const codeSchema = z.object({
  code: z
    .string()
    .transform((text) => text.replace(/\s/g, ""))
    .pipe(z.string().regex(/^\d{6}$/, "the six digits of the mail")),
});
