import { env } from "cloudflare:workers";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { NormalizedAlert } from "../../core/alert.ts";
import type { Result } from "../../core/errors.ts";
import { incidentId } from "../../core/ids.ts";
import type { Incident, IncidentCommand, IncidentDetail, Regroup } from "../../core/incident.ts";
import { alertOf, freshCompany, movableClock } from "../support/company-object.ts";

const MINUTE = 60_000;

let time: ReturnType<typeof movableClock>;
beforeEach(() => {
  time = movableClock();
});
afterEach(() => time.restore());

type Company = Awaited<ReturnType<typeof freshCompany>>;

/** What happens to a company. Incidents are named by any number; it counts round those that there are. */
type Step =
  | { does: "alerts"; alerts: Partial<NormalizedAlert>[] }
  | { does: "pass"; minutes: number }
  | { does: "command"; incident: number; command: IncidentCommand }
  | { does: "regroup"; incident: number; other: number; how: Regroup["type"] }
  | { does: "correlate" }
  | { does: "crash"; look: number[] };

const alert = fc.record({
  asset_name: fc.constantFrom("web-01", "web-01", "WEB-01:9100", "db-01", "unknown"),
  signature: fc.constantFrom("high_cpu_usage", "high_cpu_usage", "disk_full"),
  severity: fc.constantFrom("critical", "high", "medium" as const),
  status: fc.constantFrom("firing", "resolved" as const),
  tool_source: fc.constantFrom("zabbix", "zabbix", "generic"),
  message: fc.constantFrom("a", "b"),
});
const incident = fc.nat(6);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant("alerts" as const),
      alerts: fc.array(alert, { minLength: 1, maxLength: 4 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant("pass" as const),
      minutes: fc.constantFrom(1, 4, 20, 45, 45, 1500),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant("command" as const),
      incident,
      command: fc.constantFrom<IncidentCommand>(
        { type: "acknowledge" },
        { type: "resolve", notes: "" },
        { type: "reopen", reason: "" },
        { type: "note", text: "seen", public: false },
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant("regroup" as const),
      incident,
      other: incident,
      how: fc.constantFrom("merge", "split", "undo", "feedback", "severity" as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("correlate" as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constant("crash" as const), look: fc.array(incident, { maxLength: 4 }) }),
  },
);

/** Words that differ between the twins: their ids. */
const plain = (company: Company, what: unknown): unknown =>
  JSON.parse(JSON.stringify(what).replaceAll(company.company_id.slice(3), "COMPANY"));

async function everything({ stub, actor, company_id }: Company): Promise<IncidentDetail[]> {
  const all: IncidentDetail[] = [];
  for (let n = 1; ; n++) {
    const found = await stub.incident(actor, incidentId(company_id, n));
    if (!found.ok) return all;
    all.push(found.value);
  }
}

/** What a list knows of an incident, the age of its score aside: that is of the moment. */
function asListed({ alerts, alerts_not_listed, feedback, timeline, ...incident }: IncidentDetail) {
  return ageless(incident);
}

function ageless({ priority_score, priority_parts, ...incident }: Incident) {
  return { ...incident, priority_parts: { ...priority_parts, age: 0 } };
}

interface Row {
  version: number;
  status: string;
  updated_at: number;
  data: string;
}

/** The company's incidents as the lists have them, once all is told; each column says what the row's text says. */
async function listed({ stub, company_id }: Company) {
  await stub.wake();
  const { results } = await env.DB.prepare(
    "SELECT version, status, updated_at, data FROM incidents WHERE company_id = ?1",
  )
    .bind(company_id)
    .all<Row>();
  return results.map(({ data, ...columns }) => {
    const incident = JSON.parse(data) as Incident;
    const { version, status, updated_at } = incident;
    expect(columns).toEqual({ version, status, updated_at: Date.parse(updated_at) });
    return ageless(incident);
  });
}

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);

async function take(company: Company, step: Step, n: number): Promise<unknown> {
  const { stub, actor, company_id } = company;
  const id = (i: number) => incidentId(company_id, i + 1);
  switch (step.does) {
    case "alerts":
      return company.accept(step.alerts.map(alertOf), { delivery_id: `delivery-${n}`, body_hash: String(n) });
    case "pass":
      await stub.wake();
      return null;
    case "command":
      return stub.command(actor, id(step.incident), step.command);
    case "correlate":
      return stub.correlate(actor);
    case "regroup": {
      const found: Result<Incident> = await stub.incident(actor, id(step.incident));
      const members = found.ok ? (found.value as IncidentDetail).alerts.map((alert) => alert.id) : [];
      const how: Record<Regroup["type"], Regroup> = {
        merge: { type: "merge", incident_ids: [id(step.other)] },
        split: { type: "split", alert_ids: members.slice(0, 1), title: null },
        undo: { type: "undo" },
        feedback: { type: "feedback", good: step.other % 2 === 0, comment: "", alert_ids: [] },
        severity: { type: "severity", severity: "low" },
      };
      return stub.regroup(actor, id(step.incident), how[step.how]);
    }
    default:
      return null;
  }
}

describe("a company whose object crashes over and over, and is looked at in between", () => {
  it.each([
    ["asset|signature", {}],
    ["asset|signature", { min_alerts: 3 }],
    ["signature", { auto_correlate: false }],
    ["asset", { resolve_delay_minutes: 1, reopen_minutes: 5 }],
  ])(
    "is the same as its twin that never does: by %s %j",
    async (strategy, settings) => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
          const [steady, crashing] = [await freshCompany(), await freshCompany()];
          for (const twin of [steady, crashing]) await twin.settle({ strategy, ...settings });
          let n = 0;
          for (const each of steps) {
            n += 1;
            if (each.does === "crash") {
              await crashing.crash();
              for (const i of each.look)
                await crashing.stub.incident(crashing.actor, incidentId(crashing.company_id, i + 1));
              continue;
            }
            if (each.does === "pass") time.forward(each.minutes * MINUTE);
            const answers = [];
            for (const twin of [steady, crashing]) answers.push(plain(twin, await take(twin, each, n)));
            expect(answers[1], JSON.stringify(each)).toEqual(answers[0]);
          }
          const [all, same] = [await everything(steady), await everything(crashing)];
          expect(plain(crashing, same)).toEqual(plain(steady, all));
          for (const [twin, incidents] of [
            [steady, all],
            [crashing, same],
          ] as const)
            expect((await listed(twin)).sort(byId)).toEqual(incidents.map(asListed).sort(byId));
        }),
        { numRuns: 15, seed: 7, endOnFailure: true },
      );
    },
    120_000,
  );
});
