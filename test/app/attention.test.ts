import { describe, expect, it } from "vitest";
import { attentionOf } from "../../app/lib/attention.ts";
import type { Alert } from "../../core/alert.ts";
import type { Incident } from "../../core/incident.ts";

const alert = (id: string, company_id: string, change: Partial<Alert> = {}) =>
  ({ id, company_id, status: "firing", waiting: true, ...change }) as Alert;
const storm = (id: string, company_id: string, version: number, until: string | null = null) =>
  ({
    id,
    company_id,
    version,
    status: "new",
    distinct_alerts: 20,
    storm: { since: "2026-05-04T12:00:00Z", until, assets: [], signatures: [], tools: [] },
  }) as unknown as Incident;
const live = (alerts: Alert[] = [], incidents: Incident[] = []) => ({
  alerts: new Map(alerts.map((one) => [one.id, one])),
  incidents: new Map(incidents.map((one) => [one.id, one])),
});

describe("storms and waiting alerts", () => {
  it("are counted by company, storms first, of the company in view alone where there is one", () => {
    const loaded = { waiting: [alert("a1", "co_a"), alert("a2", "co_a")], storms: [storm("i1", "co_b", 3)] };
    expect(attentionOf(loaded, live(), null)).toMatchObject([
      { company_id: "co_b", waiting: 0, storm: { id: "i1" } },
      { company_id: "co_a", waiting: 2, storm: null },
    ]);
    expect(attentionOf(loaded, live(), "co_a")).toMatchObject([{ company_id: "co_a" }]);
  });

  it("follow the stream: what got an incident or recovered waits no more, what is over is no storm", () => {
    const loaded = { waiting: [alert("a1", "co_a"), alert("a2", "co_a")], storms: [storm("i1", "co_b", 3)] };
    const said = live(
      [
        alert("a1", "co_a", { waiting: undefined }),
        alert("a3", "co_c"),
        alert("a4", "co_c", { status: "resolved" }),
      ],
      [storm("i1", "co_b", 4, "2026-05-04T12:30:00Z"), storm("i2", "co_d", 1)],
    );
    expect(
      attentionOf(loaded, said, null).map(({ company_id, waiting, storm }) => [company_id, waiting, !!storm]),
    ).toEqual([
      ["co_d", 0, true],
      ["co_a", 1, false],
      ["co_c", 1, false],
    ]);
  });

  it("an older word of the stream does not bring back a storm that is over", () => {
    const over = storm("i1", "co_b", 5, "2026-05-04T12:30:00Z");
    expect(attentionOf({ waiting: [], storms: [over] }, live([], [storm("i1", "co_b", 4)]), null)).toEqual(
      [],
    );
  });
});
