import { describe, expect, it } from "vitest";
import type * as z from "zod";
import { automationSchema, DEFAULT_AUTOMATION } from "../../core/automation.ts";
import { awsAccessInput } from "../../core/aws-access.ts";
import {
  DEFAULT_NOTIFICATIONS,
  NOTIFICATION_EVENTS,
  notificationPolicySchema,
} from "../../core/notification-policy.ts";
import { DEFAULT_SLA, slaSchema } from "../../core/sla.ts";

/** The paths of what is wrong, in order. */
function wrong(schema: z.ZodType, value: unknown): string[] {
  const read = schema.safeParse(value);
  return read.success ? [] : read.error.issues.map(({ path }) => path.join("."));
}

const office = {
  time_zone: "Europe/Berlin",
  days: [
    { weekday: 1, from: "09:00", to: "17:30" },
    { weekday: 6, from: "22:00", to: "02:00" },
  ],
  holidays: ["2026-12-25", "2028-02-29"],
};

describe("the SLA policy", () => {
  it("is half an hour and four for critical, up to one day and two for low, around the clock, warned at 80 %", () => {
    const hours = Object.fromEntries(
      Object.entries(DEFAULT_SLA.targets).map(([severity, target]) => [
        severity,
        [target.response_minutes / 60, target.resolution_minutes / 60],
      ]),
    );
    expect(hours).toEqual({ critical: [0.5, 4], high: [2, 8], medium: [8, 24], low: [24, 48] });
    expect(DEFAULT_SLA).toMatchObject({ hours: "24x7", warn_percent: [80] });
    expect(slaSchema.parse({})).toEqual(DEFAULT_SLA);
  });

  it("takes fractions of minutes, business hours past midnight and holidays", () => {
    const targets = { critical: { response_minutes: 0.05, resolution_minutes: 0.1 } };
    const read = slaSchema.parse({ hours: office, targets, warn_percent: [50, 90] });
    expect(read).toMatchObject({ hours: office, targets, warn_percent: [50, 90] });
    expect(read.targets.low).toEqual(DEFAULT_SLA.targets.low);
  });

  it.each([
    [
      { targets: { high: { response_minutes: 60, resolution_minutes: 59 } } },
      "targets.high.resolution_minutes",
    ],
    [{ targets: { low: { response_minutes: 0, resolution_minutes: 5 } } }, "targets.low.response_minutes"],
    [{ warn_percent: [100] }, "warn_percent.0"],
    [{ warn_percent: [80, 80] }, "warn_percent"],
    [{ hours: "9to5" }, "hours"],
    [{ hours: { ...office, days: [] } }, "hours.days"],
    [{ hours: { ...office, days: [office.days[0], office.days[0]] } }, "hours.days"],
    [{ hours: { ...office, days: [{ weekday: 1, from: "9:00", to: "17:00" }] } }, "hours.days.0.from"],
    [{ hours: { ...office, holidays: ["2026-02-29"] } }, "hours.holidays.0"],
    [{ hours: { ...office, time_zone: "Mars/Olympus" } }, "hours.time_zone"],
  ])("says of %j that %s is wrong", (value, path) => {
    expect(wrong(slaSchema, value)).toEqual([path]);
  });
});

describe("the automation policy", () => {
  it("lets nothing run by itself until somebody says so", () => {
    expect(automationSchema.parse({})).toEqual(DEFAULT_AUTOMATION);
    expect(DEFAULT_AUTOMATION.auto_approve).toBe(false);
  });

  it("names attempts and hours that are wrong", () => {
    expect(wrong(automationSchema, { attempts_per_asset_per_day: 0 })).toEqual([
      "attempts_per_asset_per_day",
    ]);
    expect(wrong(automationSchema, { execution_windows: { ...office, days: [] } })).toEqual([
      "execution_windows.days",
    ]);
  });
});

describe("the notification policy", () => {
  it("has channels for every event, the bell among them", () => {
    expect(notificationPolicySchema.parse({})).toEqual(DEFAULT_NOTIFICATIONS);
    expect(Object.keys(DEFAULT_NOTIFICATIONS.events)).toEqual([...NOTIFICATION_EVENTS]);
    for (const channels of Object.values(DEFAULT_NOTIFICATIONS.events)) expect(channels).toContain("bell");
  });

  it("takes an event to nobody, and no channel that is not known or twice", () => {
    expect(notificationPolicySchema.parse({ events: { alert_high: [] } }).events).toMatchObject({
      alert_high: [],
      sla_breach: DEFAULT_NOTIFICATIONS.events.sla_breach,
    });
    expect(wrong(notificationPolicySchema, { events: { alert_high: ["fax"] } })).toEqual([
      "events.alert_high.0",
    ]);
    expect(wrong(notificationPolicySchema, { events: { alert_high: ["sms", "sms"] } })).toEqual([
      "events.alert_high",
    ]);
    expect(wrong(notificationPolicySchema, { max_messages: 0, per_minutes: 0 })).toEqual([
      "max_messages",
      "per_minutes",
    ]);
  });
});

describe("access to AWS", () => {
  const account_id = "305118264907";
  const regions = ["eu-central-1", "us-gov-west-1"];

  it.each([
    `arn:aws:iam::${account_id}:role/AlertWhisperer`,
    `arn:aws-us-gov:iam::${account_id}:role/ops/on.call/aw+role=1,2@x-y`,
    null,
  ])("takes the role %j", (role_arn) => {
    const access = { account_id, role_arn, regions };
    expect(awsAccessInput.parse(access)).toEqual(access);
  });

  it("can be taken away", () => {
    expect(awsAccessInput.parse({ account_id: null })).toEqual({
      account_id: null,
      role_arn: null,
      regions: [],
    });
  });

  it.each([
    [{ account_id: "30511826490", regions }, "account_id"],
    [{ account_id, role_arn: "arn:aws:iam::418203957716:role/Other", regions }, "role_arn"],
    [{ account_id: null, role_arn: `arn:aws:iam::${account_id}:role/A`, regions }, "role_arn"],
    [{ account_id, role_arn: `arn:aws:iam::${account_id}:user/A`, regions }, "role_arn"],
    [{ account_id, role_arn: `arn:aws:iam::${account_id}:role/`, regions }, "role_arn"],
    [{ account_id, role_arn: `arn:aws:sts::${account_id}:role/A`, regions }, "role_arn"],
    [{ account_id, regions: [] }, "regions"],
    [{ account_id, regions: ["Frankfurt"] }, "regions.0"],
    [{ account_id, regions: ["eu-west-1", "eu-west-1"] }, "regions"],
  ])("says of %j that %s is wrong", (value, path) => {
    expect(new Set(wrong(awsAccessInput, value))).toEqual(new Set([path]));
  });

  it("judges a role in time that grows with its length alone", () => {
    const role_arn = `arn:aws:iam::${account_id}:role/${"a/".repeat(300)}!`;
    expect(wrong(awsAccessInput, { account_id, role_arn, regions })).toContain("role_arn");
  });
});
