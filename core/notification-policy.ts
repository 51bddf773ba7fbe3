import * as z from "zod";

export const NOTIFICATION_EVENTS = [
  "alert_critical",
  "alert_high",
  "incident_created",
  "incident_assigned",
  "incident_escalated",
  "sla_warning",
  "sla_breach",
  "approval_requested",
  "execution_finished",
  "report_ready",
] as const;
export type NotificationEvent = (typeof NOTIFICATION_EVENTS)[number];

/** Ways to reach a person; what reaches a team needs an address of its own first. */
export const NOTIFICATION_CHANNELS = ["bell", "push", "email", "sms"] as const;
export type NotificationChannel = (typeof NOTIFICATION_CHANNELS)[number];

type Channels = Record<NotificationEvent, NotificationChannel[]>;

/** The bell rings for everything; a mail goes out where somebody must act or waits for it. */
const DEFAULT_EVENTS: Channels = {
  alert_critical: ["bell", "email"],
  alert_high: ["bell"],
  incident_created: ["bell"],
  incident_assigned: ["bell", "email"],
  incident_escalated: ["bell", "email"],
  sla_warning: ["bell"],
  sla_breach: ["bell", "email"],
  approval_requested: ["bell", "email"],
  execution_finished: ["bell"],
  report_ready: ["bell", "email"],
};

const channelsSchema = z
  .array(z.enum(NOTIFICATION_CHANNELS))
  .max(NOTIFICATION_CHANNELS.length)
  .refine((list) => new Set(list).size === list.length, "name each once");

const channelsOf = (event: NotificationEvent) => channelsSchema.default(DEFAULT_EVENTS[event]);

/** By which channels a company's people are told of what, and how many messages one of them gets at most. */
export const notificationPolicySchema = z.object({
  events: z
    .object({
      alert_critical: channelsOf("alert_critical"),
      alert_high: channelsOf("alert_high"),
      incident_created: channelsOf("incident_created"),
      incident_assigned: channelsOf("incident_assigned"),
      incident_escalated: channelsOf("incident_escalated"),
      sla_warning: channelsOf("sla_warning"),
      sla_breach: channelsOf("sla_breach"),
      approval_requested: channelsOf("approval_requested"),
      execution_finished: channelsOf("execution_finished"),
      report_ready: channelsOf("report_ready"),
    })
    .default(DEFAULT_EVENTS),
  max_messages: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(10)
    .describe("to one person by one channel within per_minutes; what is more comes as one digest"),
  per_minutes: z.number().min(0.01, "longer than nothing").max(1440, "at most a day").default(10),
});
export type NotificationPolicy = z.infer<typeof notificationPolicySchema>;
export const DEFAULT_NOTIFICATIONS: NotificationPolicy = {
  events: DEFAULT_EVENTS,
  max_messages: 10,
  per_minutes: 10,
};
