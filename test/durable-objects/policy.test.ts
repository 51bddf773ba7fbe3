import { runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Alert } from "../../core/alert.ts";
import type { Result } from "../../core/errors.ts";
import type { CompanyEvent } from "../../core/events.ts";
import { type WindowInput, windowInput } from "../../core/policy/maintenance.ts";
import { type RuleInput, ruleInput } from "../../core/policy/rule.ts";
import type { CompanyObject } from "../../durable-objects/company.ts";
import { alertOf, freshCompany, movableClock } from "../support/company-object.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;
/** Monday, minute 0 of every timeline. */
const START = Date.parse("2026-03-02T09:00:00Z");

let time: ReturnType<typeof movableClock>;
beforeEach(() => {
  time = movableClock(START);
});
afterEach(() => time.restore());

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

async function company() {
  const made = await freshCompany();
  const { stub, actor, object, accept } = made;
  const told: CompanyEvent[] = [];
  const wake = async (minutes = 0) => {
    time.forward(minutes * MINUTE);
    for (let i = 0; i < 20; i += 1) {
      await runInDurableObject(object(), (instance: CompanyObject) => {
        const inside = instance as unknown as { core: { ports: { publish: unknown } } };
        inside.core.ports = {
          ...inside.core.ports,
          publish: async (_msp: string, _company: string, events: CompanyEvent[]) => {
            told.push(...events);
          },
        } as never;
      });
      await stub.wake();
    }
  };
  const alerts = async (): Promise<Alert[]> => value(await stub.alerts(actor, { limit: 100 })).items;
  return {
    ...made,
    wake,
    alerts,
    alert: async (id: string) => value(await stub.alert(actor, id)),
    fire: async (more: Parameters<typeof alertOf>[0] = {}) => {
      const answer = await accept([alertOf(more)], { body_hash: crypto.randomUUID() });
      if (answer.kind !== "received") throw new Error(answer.kind);
      return { id: answer.alert_ids[0] ?? "", outcome: answer.outcomes[0] };
    },
    rule: async (id: string, input: Partial<RuleInput>) =>
      value(
        await stub.changeRules(actor, {
          type: "create_rule",
          id,
          input: { ...ruleInput.parse({ name: id, when: null, actions: { severity: "low" } }), ...input },
        }),
      ),
    silence: async (id: string, minutes: number, when: RuleInput["when"] = null) =>
      value(
        await stub.changeSilences(actor, {
          type: "create_silence",
          id,
          when,
          comment: id,
          starts_at: null,
          ends_at: time.now + minutes * MINUTE,
          from: null,
        }),
      ),
    window: async (id: string, more: Partial<WindowInput> = {}) =>
      value(
        await stub.changeRules(actor, {
          type: "create_window",
          id,
          input: {
            ...windowInput.parse({
              name: id,
              starts_at: "2026-03-02T09:00",
              zone: "UTC",
              duration_minutes: 60,
            }),
            ...more,
          },
        }),
      ),
    history: async () => value(await stub.policyList(actor, "history")),
    digests: () => told.flatMap((event) => (event.type === "holding_ended" ? [event.data] : [])),
  };
}

describe("a silence", () => {
  it("holds new alerts until it ends; what still fires then gets its incident, and one digest says so", async () => {
    const c = await company();
    const open = await c.fire({ asset_name: "web-00" });
    expect(open.outcome).toBe("opened");
    await c.silence("si_1", 10);
    // What was open before stays what it was, its repeats too.
    expect((await c.fire({ asset_name: "web-00" })).outcome).toBe("repeated");
    const firing = await c.fire({ asset_name: "web-01" });
    const recovered = await c.fire({ asset_name: "web-02" });
    expect([firing.outcome, recovered.outcome]).toEqual(["suppressed", "suppressed"]);
    expect(await c.alert(firing.id)).toMatchObject({
      suppressed_by: "silence:si_1",
      incident_id: null,
      status: "firing",
    });
    // A recovery passes.
    await c.fire({ asset_name: "web-02", status: "resolved" });
    expect(await c.alert(recovered.id)).toMatchObject({ status: "resolved" });

    await c.wake(9.99);
    expect((await c.alert(firing.id)).suppressed_by).toBe("silence:si_1");
    await c.wake(0.02);
    const after = await c.alert(firing.id);
    expect(after.suppressed_by).toBeNull();
    expect(after.incident_id).not.toBeNull();
    expect(after.why.map((reason) => reason.rule)).toEqual(
      expect.arrayContaining(["suppressed.silence", "suppressed.over", "group.new_key"]),
    );
    expect((await c.alert(recovered.id)).incident_id).toBeNull();
    const digest = { held: 2, recovered: 1, firing: 1, still_held: 0, expired: 0, done: true, how: "ended" };
    expect(await c.history()).toMatchObject([
      { ...digest, source: "silence:si_1", incidents: [after.incident_id] },
    ]);
    expect(c.digests()).toMatchObject([digest]);
    await c.wake(1);
    expect(c.digests()).toHaveLength(1);
  });

  it("ended early releases at once, extended holds on; it survives a crash", async () => {
    const c = await company();
    await c.silence("si_1", 10);
    const { id } = await c.fire();
    await c.crash();
    const longer = time.now + 20 * MINUTE;
    value(await c.stub.changeSilences(c.actor, { type: "change_silence", id: "si_1", ends_at: longer }));
    await c.wake(15);
    expect((await c.alert(id)).suppressed_by).toBe("silence:si_1");
    await c.crash();
    value(await c.stub.changeSilences(c.actor, { type: "end_silence", id: "si_1" }));
    await c.wake();
    expect((await c.alert(id)).incident_id).not.toBeNull();
    expect(await c.history()).toMatchObject([{ how: "ended_early", firing: 1 }]);
    expect((await c.fire({ asset_name: "web-09" })).outcome).toBe("opened");
  });

  it("must end, within 30 days", async () => {
    const c = await company();
    const create = (ends_at: number) =>
      c.stub.changeSilences(c.actor, {
        type: "create_silence",
        id: "si_x",
        when: null,
        comment: "",
        starts_at: null,
        ends_at,
        from: null,
      });
    expect(await create(START + 31 * DAY)).toMatchObject({
      error: { fields: { ends_at: expect.stringContaining("30 days") } },
    });
    expect(await create(START - 1)).toMatchObject({ ok: false });
  });
});

describe("a maintenance window", () => {
  it("comes again each night as clocks there show it, and each time tells once", async () => {
    const c = await company();
    await c.window("mw_1", {
      starts_at: "2026-03-07T02:30",
      zone: "America/New_York",
      rrule: "FREQ=DAILY;COUNT=3",
      duration_minutes: 30,
    });
    const tries: string[] = [];
    for (const at of ["2026-03-07T07:29", "2026-03-07T07:31", "2026-03-08T06:59", "2026-03-08T07:01"]) {
      const minutes = (Date.parse(`${at}:00Z`) - time.now) / MINUTE;
      await c.wake(minutes);
      tries.push(`${at} ${(await c.fire({ asset_name: `web-${tries.length}` })).outcome}`);
    }
    expect(tries).toEqual([
      "2026-03-07T07:29 opened",
      "2026-03-07T07:31 suppressed",
      "2026-03-08T06:59 opened",
      // 02:30 does not exist that night: it begins at 03:00.
      "2026-03-08T07:01 suppressed",
    ]);
    await c.wake(60);
    expect(c.digests().map(({ started_at, firing }) => `${started_at} ${firing}`)).toEqual([
      "2026-03-07T07:30:00.000Z 1",
      "2026-03-08T07:00:00.000Z 1",
    ]);
  });

  it("no flood at its end: many alerts become incidents by key, in slices, with one digest", async () => {
    const c = await company();
    await c.settle({ strategy: "signature" });
    await c.window("mw_1");
    for (let batch = 0; batch < 5; batch += 1)
      await c.accept(
        Array.from({ length: 100 }, (_, i) =>
          alertOf({ asset_name: `host-${batch}-${i}`, signature: i % 2 ? "high_cpu_usage" : "disk_full" }),
        ),
        { body_hash: String(batch) },
      );
    await c.wake(60);
    expect(c.digests()).toMatchObject([{ held: 500, firing: 500, recovered: 0 }]);
    expect(c.digests()[0]?.incidents).toHaveLength(2);
    expect(await c.incident(1)).toMatchObject({ alert_count: 250 });
    expect(await c.incident(2)).toMatchObject({ alert_count: 250 });
  });

  it("hands over to what overlaps, and lets go at the last end", async () => {
    const c = await company();
    await c.silence("si_1", 10);
    const { id } = await c.fire();
    await c.wake(5);
    await c.window("mw_1", { starts_at: "2026-03-02T09:05", duration_minutes: 30 });
    await c.wake(5);
    expect((await c.alert(id)).suppressed_by).toBe("maintenance:mw_1");
    expect(await c.history()).toMatchObject([{ source: "silence:si_1", held: 1, still_held: 1, firing: 0 }]);
    await c.wake(25);
    expect(await c.alert(id)).toMatchObject({ suppressed_by: null, incident_id: expect.any(String) });
  });

  it("edited while it goes on judges anew what it holds", async () => {
    const c = await company();
    await c.window("mw_1");
    const web = await c.fire({ asset_name: "web-01" });
    const db = await c.fire({ asset_name: "db-01" });
    const when = { op: "starts_with", field: "asset", value: "db-" } as const;
    value(
      await c.stub.changeRules(c.actor, {
        type: "change_window",
        id: "mw_1",
        patch: { when, starts_at: "2026-03-02T09:00", duration_minutes: 90 },
      }),
    );
    await c.wake(1);
    expect((await c.alert(web.id)).incident_id).not.toBeNull();
    expect((await c.alert(db.id)).suppressed_by).toBe("maintenance:mw_1");
    await c.wake(89);
    expect((await c.alert(db.id)).incident_id).not.toBeNull();
  });

  it("lets no alert page that was resolved and fires again while it goes on", async () => {
    const c = await company();
    await c.settle({ resolve_delay_minutes: 0 });
    await c.fire();
    await c.fire({ status: "resolved" });
    await c.wake(0.1);
    expect((await c.incident(1)).status).toBe("resolved");
    await c.window("mw_1");
    expect((await c.fire()).outcome).toBe("suppressed");
    expect((await c.incident(1)).status).toBe("resolved");
    await c.wake(61);
    expect(c.digests()).toMatchObject([{ firing: 1 }]);
  });

  it("what was silent for a day is over when it ends", async () => {
    const c = await company();
    await c.window("mw_1", { duration_minutes: 3 * 1440 });
    const { id } = await c.fire();
    await c.wake(3 * 1440);
    expect(await c.alert(id)).toMatchObject({ status: "expired", incident_id: null });
    expect(c.digests()).toMatchObject([{ expired: 1, firing: 0 }]);
  });

  it("what its tool would have said is over, and did not, fires on when a long one ends", async () => {
    const c = await company();
    await c.window("mw_1", { duration_minutes: 3 * 1440 });
    const { id } = await c.fire({ tool_source: "pingdom" });
    await c.wake(3 * 1440);
    expect(await c.alert(id)).toMatchObject({ status: "firing", incident_id: expect.any(String) });
    expect(c.digests()).toMatchObject([{ expired: 0, firing: 1 }]);
  });

  it("holds what waited before it began, and lets it go at its end", async () => {
    const c = await company();
    await c.settle({ min_alerts: 2 });
    const { id } = await c.fire();
    await c.wake(1);
    await c.window("mw_1", { starts_at: "2026-03-02T09:01", duration_minutes: 30 });
    expect((await c.fire()).outcome).toBe("suppressed");
    expect(await c.alert(id)).toMatchObject({ suppressed_by: "maintenance:mw_1", incident_id: null });
    await c.wake(31);
    expect(c.digests()).toMatchObject([{ held: 1 }]);
    expect(await c.alert(id)).toMatchObject({ suppressed_by: null, incident_id: expect.any(String) });
  });

  it("a faulty one stops nothing and is seen", async () => {
    const c = await company();
    await c.window("mw_1");
    await runInDurableObject(c.object(), (_, state) => {
      state.storage.sql.exec("UPDATE policy SET data = json_set(data, '$.rrule', 'FREQ=NONSENSE')");
    });
    await c.crash();
    expect((await c.fire()).outcome).toBe("opened");
    expect(value(await c.stub.policyList(c.actor, "windows"))).toMatchObject([
      { id: "mw_1", last_error: expect.stringContaining("NONSENSE") },
    ]);
    await c.wake(70);
  });
});

describe("rules", () => {
  it("change new alerts, say why, and cost a repeat nothing", async () => {
    const c = await company();
    await c.rule("ru_1", {
      when: { op: "contains", field: "message", value: "CPU" },
      actions: { severity: "low", category: "Application", title: "Load on {asset}" },
    });
    const { id } = await c.fire();
    expect(await c.alert(id)).toMatchObject({
      severity: "low",
      original_severity: "high",
      category: "Application",
    });
    expect(await c.incident(1)).toMatchObject({ severity: "low", title: "Load on web-01" });
    await c.fire();
    // What a rule set stays while the source says the same as before.
    expect(await c.alert(id)).toMatchObject({ severity: "low", count: 2 });
    await c.fire({ severity: "critical" });
    expect(value(await c.stub.policyList(c.actor, "rules"))).toMatchObject([{ matched: 1, errors: 0 }]);
    await c.wake(1);
    await c.crash();
    expect(value(await c.stub.policyList(c.actor, "rules"))).toMatchObject([{ matched: 1 }]);
  });

  it("drop keeps nothing but the count; silence keeps and marks", async () => {
    const c = await company();
    await c.rule("ru_1", {
      when: { op: "equals", field: "asset", value: "lab" },
      actions: { drop: true },
    });
    await c.rule("ru_2", {
      when: { op: "equals", field: "asset", value: "test" },
      actions: { silence: true },
    });
    expect((await c.fire({ asset_name: "lab" })).outcome).toBe("dropped");
    const test = await c.fire({ asset_name: "test" });
    expect(test.outcome).toBe("suppressed");
    expect((await c.alerts()).map(({ asset_name }) => asset_name)).toEqual(["test"]);
    value(await c.stub.changeRules(c.actor, { type: "delete_rule", id: "ru_2" }));
    await c.wake();
    expect((await c.alert(test.id)).incident_id).not.toBeNull();
  });

  it("group what the company wants together", async () => {
    const c = await company();
    await c.rule("ru_1", { actions: { group_by: ["tags.site"], title: "Site {tags.site}" } });
    const site = (name: string): [string, string][] => [["site", name]];
    await c.fire({ asset_name: "a", tags: site("Lyon") });
    await c.fire({ asset_name: "b", signature: "disk_full", tags: site("lyon") });
    await c.fire({ asset_name: "c", tags: site("Paris") });
    await c.fire({ asset_name: "d" });
    expect(await c.incident(1)).toMatchObject({ alert_count: 2, title: "Site Lyon" });
    expect(await c.incident(2)).toMatchObject({ alert_count: 1 });
    expect(await c.incident(3)).toMatchObject({ alert_count: 1 });
    expect(value(await c.stub.policyList(c.actor, "rules"))).toMatchObject([{ matched: 4, ungrouped: 1 }]);
  });

  it("are tried in the order given, the MSP's last", async () => {
    const c = await company();
    await c.rule("ru_1", { actions: { severity: "low" } });
    await c.rule("ru_2", { actions: { severity: "critical" } });
    const theirs = { ...ruleInput.parse({ name: "MSP", when: null, actions: { category: "Cloud" } }) };
    value(
      await c.stub.applyMspRules(c.msp_id, [{ ...theirs, id: "ru_3", created_at: START, created_by: "Ada" }]),
    );
    expect(await c.stub.applyMspRules("msp_other", [])).toMatchObject({ error: { code: "not_found" } });
    expect(await c.alert((await c.fire({ asset_name: "a" })).id)).toMatchObject({
      severity: "low",
      category: "Cloud",
    });
    value(await c.stub.changeRules(c.actor, { type: "order_rules", ids: ["ru_2", "ru_1"] }));
    expect(await c.alert((await c.fire({ asset_name: "b" })).id)).toMatchObject({ severity: "critical" });
    expect(await c.stub.changeRules(c.actor, { type: "order_rules", ids: ["ru_2"] })).toMatchObject({
      error: { code: "conflict" },
    });
  });
});

describe("a correction", () => {
  it("is applied to every new alert of its signature, with the reason", async () => {
    const c = await company();
    const input = { signature: "high_cpu_usage", severity: "low", category: "Cloud", comment: "" } as const;
    value(await c.stub.changeSilences(c.actor, { type: "put_correction", id: "cr_1", input }));
    const { id } = await c.fire();
    const alert = await c.alert(id);
    expect(alert).toMatchObject({ severity: "low", category: "Cloud", original_severity: "high" });
    expect(alert.why.map(({ rule }) => rule)).toContain("classified.corrected");
    value(await c.stub.changeSilences(c.actor, { type: "delete_correction", id: "cr_1" }));
    expect(await c.alert((await c.fire({ asset_name: "b" })).id)).toMatchObject({ severity: "high" });
  });
});

describe("a preview", () => {
  it("says what a condition would have fitted", async () => {
    const c = await company();
    for (const asset_name of ["web-01", "web-02", "db-01"]) await c.fire({ asset_name });
    const when = { op: "starts_with", field: "asset", value: "web" } as const;
    expect(value(await c.stub.policyPreview(c.actor, when, 7))).toMatchObject({
      looked_at: 3,
      matched: 2,
      items: [{ asset_name: "web-02" }, { asset_name: "web-01" }],
    });
    expect(
      await c.stub.policyPreview(c.actor, { op: "matches", field: "asset", value: "(" }, 7),
    ).toMatchObject({
      error: { code: "validation_failed", fields: { "when.value": expect.any(String) } },
    });
  });
});
