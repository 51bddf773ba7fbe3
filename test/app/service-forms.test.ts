import { parseWithZod } from "@conform-to/zod/v4";
import { describe, expect, it } from "vitest";
import { checkPlanned } from "../../app/lib/planned-windows.server.ts";
import { automationForm, awsForm, notificationsForm, slaForm } from "../../app/lib/service-forms.server.ts";
import { DEFAULT_SLA } from "../../core/sla.ts";

/** What is wrong by field; undefined where nothing is. */
const errorsOf = (read: object) => ("error" in read ? (read.error as Record<string, string[]>) : undefined);

type Fields = Record<string, string | string[]>;

function formOf(fields: Fields): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields))
    for (const one of [value].flat()) form.append(name, one);
  return form;
}

/** The week as the page sends it: all seven days, those that are ticked with `on`. */
function week(name: string, ticked: number[], more: Fields = {}): Fields {
  const fields: Fields = { [`${name}.kind`]: "weekly", [`${name}.time_zone`]: "Europe/Berlin" };
  for (let day = 0; day < 7; day++) {
    fields[`${name}.days[${day}].from`] = "09:00";
    fields[`${name}.days[${day}].to`] = "17:00";
    if (ticked.includes(day)) fields[`${name}.days[${day}].on`] = "on";
  }
  return { ...fields, ...more };
}

const targets: Fields = Object.fromEntries(
  Object.entries(DEFAULT_SLA.targets).flatMap(([severity, target]) => [
    [`targets.${severity}.response_minutes`, String(target.response_minutes)],
    [`targets.${severity}.resolution_minutes`, String(target.resolution_minutes)],
  ]),
);

describe("the form of the SLA", () => {
  const read = (fields: Fields) => parseWithZod(formOf({ ...targets, ...fields }), { schema: slaForm });

  it("becomes what the API takes", () => {
    const whole = read({ "hours.kind": "24x7", warn_percent: "50, 80 %" });
    expect(whole.status === "success" && whole.value).toEqual({ ...DEFAULT_SLA, warn_percent: [50, 80] });
    const some = read({ ...week("hours", [0, 6], { "hours.holidays": "2026-12-25\n" }), warn_percent: "" });
    expect(some.status === "success" && some.value).toMatchObject({
      hours: {
        time_zone: "Europe/Berlin",
        days: [
          { weekday: 1, from: "09:00", to: "17:00" },
          { weekday: 7, from: "09:00", to: "17:00" },
        ],
        holidays: ["2026-12-25"],
      },
      warn_percent: [],
    });
  });

  it("says each error under the field it is typed in", () => {
    const error = errorsOf(
      read({
        ...week("hours", [1, 4], { "hours.days[4].to": "", "hours.holidays": "2026-12-25\n25.12.2027" }),
        "targets.high.response_minutes": "",
        "targets.low.resolution_minutes": "3",
        warn_percent: "80, most",
      }),
    );
    expect(error).toEqual({
      "hours.days[4].to": ["write the time as 07:30"],
      "hours.holidays": ["Line 2: write the day as 2026-12-25."],
      "targets.high.response_minutes": ["Give a number"],
      "targets.low.resolution_minutes": ["not before the response"],
      warn_percent: ["most is no number; write for example 50, 80"],
    });
    expect(errorsOf(read({ ...week("hours", []), warn_percent: "80, 120" }))).toEqual({
      "hours.days": ["choose a day"],
      warn_percent: ["Number 2: from 1 to 99."],
    });
  });
});

it("the form of automation takes a ticked box and one that is not", () => {
  const read = (more: Fields) => {
    const fields = { "execution_windows.kind": "24x7", attempts_per_asset_per_day: "2", ...more };
    const parsed = parseWithZod(formOf(fields), { schema: automationForm });
    return parsed.status === "success" && parsed.value.auto_approve;
  };
  expect([read({ auto_approve: "on" }), read({})]).toEqual([true, false]);
});

it("the form of automation says hours that are wrong where they are typed", () => {
  const fields = { ...week("execution_windows", [2], { "execution_windows.days[2].from": "25:00" }) };
  const read = parseWithZod(formOf({ ...fields, attempts_per_asset_per_day: "101" }), {
    schema: automationForm,
  });
  expect(Object.keys(errorsOf(read) ?? {}).sort()).toEqual([
    "attempts_per_asset_per_day",
    "execution_windows.days[2].from",
  ]);
});

it("the form of notifications takes no box, one, and several", () => {
  const read = (fields: Fields) => {
    const parsed = parseWithZod(formOf({ max_messages: "5", per_minutes: "0.5", ...fields }), {
      schema: notificationsForm,
    });
    return parsed.status === "success" ? parsed.value.events : parsed.error;
  };
  expect(Object.values(read({}) ?? {}).flat()).toEqual([]);
  expect(read({ "events.sla_breach": "sms", "events.alert_high": ["bell", "email"] })).toMatchObject({
    sla_breach: ["sms"],
    alert_high: ["bell", "email"],
    report_ready: [],
  });
});

it("the form of AWS names the region's line and the role's account", () => {
  const fields = { account_id: "305118264907", regions: "eu-west-1\nparis" };
  const role_arn = "arn:aws:iam::418203957716:role/Other";
  const read = (more: Fields) => parseWithZod(formOf({ ...fields, ...more }), { schema: awsForm });
  expect(read({})).toMatchObject({ error: { regions: ["Line 2: not a region, for example eu-central-1."] } });
  expect(read({ role_arn, regions: "eu-west-1" })).toMatchObject({
    error: { role_arn: ["the role lies in another account than the one given"] },
  });
  const none = parseWithZod(formOf({ account_id: "", role_arn: "", regions: "" }), { schema: awsForm });
  expect(none.status === "success" && none.value).toEqual({
    account_id: null,
    role_arn: null,
    regions: [],
  });
});

describe("a window of the wizard", () => {
  const NOW = Date.parse("2026-11-21T12:00:00Z");
  const window = { name: "Patch night", starts_at: "2026-12-06T02:00", zone: "UTC", duration_minutes: 60 };
  const check = (made: unknown) => checkPlanned(formOf({ made: JSON.stringify(made) }), NOW);

  it("is fine, once or again", () => {
    expect(check(window)).toMatchObject({ ok: true });
    expect(check({ ...window, rrule: "FREQ=WEEKLY;BYDAY=SU" })).toMatchObject({ ok: true });
  });

  it.each([
    [{ name: " " }, "name"],
    [{ zone: "Mars/Olympus" }, "zone"],
    [{ starts_at: "2026-11-20T02:00" }, "starts_at"],
    [{ rrule: "FREQ=HOURLY" }, "rrule"],
    [{ duration_minutes: 0 }, "duration_minutes"],
  ])("with %j is refused by its field", (change, field) => {
    const answer = check({ ...window, ...change });
    expect([answer.ok, Object.keys(answer.result?.error ?? {})]).toEqual([false, [field]]);
  });
});
