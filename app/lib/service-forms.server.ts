import * as z from "zod";
import { automationSchema } from "../../core/automation.ts";
import { awsAccessShape, checkAccess } from "../../core/aws-access.ts";
import {
  NOTIFICATION_CHANNELS,
  NOTIFICATION_EVENTS,
  notificationPolicySchema,
} from "../../core/notification-policy.ts";
import { targetSchema, warnPercentSchema } from "../../core/sla.ts";
import { given, lines, ticked } from "./company-forms.server.ts";
import { hoursForm } from "./hours-form.server.ts";

/** Entries of one text field: what is wrong with one of them is said beneath the field. */
function checked<T>(schema: z.ZodType<T>, name: (n: number) => string) {
  return (list: unknown[], context: z.RefinementCtx): T => {
    const read = schema.safeParse(list);
    if (read.success) return read.data;
    const said = read.error.issues.map(({ path: [at], message }) =>
      typeof at === "number" ? `${name(at)}: ${message}.` : message,
    );
    context.addIssue({ code: "custom", message: said.join(" ") });
    return z.NEVER;
  };
}

const { response_minutes, resolution_minutes } = targetSchema.shape;
const target = z
  .object({
    response_minutes: given.pipe(response_minutes),
    resolution_minutes: given.pipe(resolution_minutes),
  })
  .pipe(targetSchema);

const percents = z
  .string()
  .default("")
  .transform((text) => text.split(/[\s,;%]+/).filter(Boolean))
  .transform((entries, context) => {
    const wrong = entries.find((entry) => Number.isNaN(Number(entry)));
    if (wrong === undefined) return entries.map(Number);
    context.addIssue({ code: "custom", message: `${wrong} is no number; write for example 50, 80` });
    return z.NEVER;
  })
  .transform(checked(warnPercentSchema, (at) => `Number ${at + 1}`));

export const slaForm = z.object({
  hours: hoursForm,
  targets: z.object({ critical: target, high: target, medium: target, low: target }),
  warn_percent: percents,
});

export const automationForm = z.object({
  auto_approve: ticked,
  execution_windows: hoursForm,
  attempts_per_asset_per_day: given.pipe(automationSchema.shape.attempts_per_asset_per_day.unwrap()),
});

const channels = z.array(z.enum(NOTIFICATION_CHANNELS)).default([]);
const { max_messages, per_minutes } = notificationPolicySchema.shape;
export const notificationsForm = z.object({
  // Where no box at all is ticked, nothing of it is sent.
  events: z.object(Object.fromEntries(NOTIFICATION_EVENTS.map((event) => [event, channels]))).prefault({}),
  max_messages: given.pipe(max_messages.unwrap()),
  per_minutes: given.pipe(per_minutes.unwrap()),
});

const { account_id, role_arn, regions } = awsAccessShape.shape;
export const awsForm = z
  .object({
    account_id: account_id.default(null),
    role_arn: role_arn.default(null),
    regions: lines.transform(checked(regions, (at) => `Line ${at + 1}`)),
  })
  .superRefine(checkAccess);
