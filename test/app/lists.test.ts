import { describe, expect, it } from "vitest";
import { alertQuery, matchesAlert, newestAlertFirst } from "../../app/lib/alert-filter.ts";
import { compareBy, incidentQuery, matchesQuery } from "../../app/lib/incident-filter.ts";
import { liveScore } from "../../app/lib/live-score.ts";
import { mergeAlerts, mergeIncidents } from "../../app/live/merge.ts";
import { inOrder } from "../../app/live/order.ts";
import type { Incident } from "../../core/incident.ts";
import { alert, incident, SEEN } from "../support/page-data.ts";

const HOUR = 3_600_000;
const ids = (items: { id: string }[]) => items.map((item) => item.id);
const live = (...items: Incident[]) => new Map(items.map((item) => [item.id, item]));
const parts = (severity: number, duplicates: number) => ({
  severity,
  critical_asset: 0,
  duplicates,
  multi_tool: 0,
  age: 0,
});
const ago = (hours: number) => new Date(SEEN - hours * HOUR).toISOString();

describe("the incident list under a live stream", () => {
  const byPriority = compareBy(new URLSearchParams({ sort: "priority" }), SEEN);

  it("moves a row up when its score rises past its neighbour's", () => {
    const first = incident("a", { priority_score: 114, priority_parts: parts(90, 24) });
    const second = incident("b", { priority_score: 112, priority_parts: parts(90, 22) });
    expect(inOrder([first, second], byPriority)).toBe(true);

    const risen = { ...second, version: 2, priority_score: 116, priority_parts: parts(90, 26) };
    const merged = mergeIncidents([first, second], live(risen));
    expect(inOrder(merged, byPriority)).toBe(false);
    expect(ids(merged.sort(byPriority))).toEqual(["b", "a"]);
  });

  it("compares scores of different ages as they are now, not as they were sent", () => {
    // Sent five hours apart: the older one's figure has not lost those hours yet.
    const old = incident("old", {
      created_at: ago(5),
      priority_score: 94,
      priority_parts: parts(90, 4),
    });
    const young = incident("young", { created_at: ago(0), priority_score: 92, priority_parts: parts(90, 2) });
    expect(liveScore(old, SEEN).score).toBe(89);
    expect(ids([old, young].sort(byPriority))).toEqual(["young", "old"]);
  });

  it("lets nobody lose more than ten points to age", () => {
    const ancient = incident("ancient", { created_at: ago(500), priority_parts: parts(90, 2) });
    const high = incident("high", { created_at: ago(0), priority_parts: parts(60, 20) });
    expect(liveScore(ancient, SEEN)).toEqual({ score: 82, age: 10 });
    expect(ids([high, ancient].sort(byPriority))).toEqual(["ancient", "high"]);
  });

  it("keeps the higher version, whichever side has it", () => {
    const listed = incident("a", { version: 5, title: "listed" });
    const stale = incident("a", { version: 4, title: "stale" });
    const newer = incident("a", { version: 6, title: "newer" });
    expect(mergeIncidents([listed], live(stale))[0]?.title).toBe("listed");
    expect(mergeIncidents([listed], live(newer))[0]?.title).toBe("newer");
    expect(ids(mergeIncidents([], live(newer)))).toEqual(["a"]);
  });

  it.each([
    ["created", ["c", "b", "a"]],
    ["updated", ["a", "c", "b"]],
    ["severity", ["b", "c", "a"]],
    ["nonsense", ["b", "c", "a"]],
  ])("sorts by %s", (sort, wanted) => {
    const rows = [
      incident("a", {
        created_at: ago(3),
        updated_at: ago(0),
        severity: "low",
        priority_parts: parts(10, 2),
      }),
      incident("b", {
        created_at: ago(2),
        updated_at: ago(2),
        severity: "critical",
        priority_parts: parts(90, 2),
      }),
      incident("c", { created_at: ago(1), updated_at: ago(1), priority_parts: parts(60, 2) }),
    ];
    expect(ids(rows.sort(compareBy(new URLSearchParams({ sort }), SEEN)))).toEqual(wanted);
  });
});

describe("what belongs in a list", () => {
  const query = (text: string) => incidentQuery(new URLSearchParams(text));

  it("shows open incidents by priority unless the address says otherwise", () => {
    expect(query("").toString()).toBe("status=open&sort=priority");
    expect(query("status=all&sort=created&utm=x").toString()).toBe("sort=created");
  });

  it.each([
    ["status=open", { status: "resolved" }, false],
    ["status=open", { status: "in_progress" }, true],
    ["status=resolved", { status: "resolved" }, true],
    ["severity=low", {}, false],
    ["company_id=cmp_2", {}, false],
    ["q=HOST%20web-9", { title: "Host down on web-9" }, true],
    ["q=host%20db", { title: "Host down on web-9" }, false],
  ] as const)("%s against %o: %s", (text, change, wanted) => {
    expect(matchesQuery(incident("web-9", change), query(text))).toBe(wanted);
  });

  it("narrows alerts by every filter, and finds a tool's own name for a problem", () => {
    const one = alert("al_1");
    const matches = (text: string) => matchesAlert(one, alertQuery(new URLSearchParams(text)));
    expect(matches("status=firing&severity=high&tool=ping&company_id=cmp_1&q=hostdown")).toBe(true);
    for (const miss of ["status=resolved", "severity=low", "tool=zabbix", "company_id=cmp_2", "q=disk"])
      expect(matches(miss), miss).toBe(false);
  });

  it("keeps the alert that was counted higher, newest first", () => {
    const once = alert("al_1");
    const twice = alert("al_1", { count: 2, received_at: "2026-03-01T09:58:00.000Z" });
    expect(mergeAlerts([twice], new Map([["al_1", once]]))[0]?.count).toBe(2);
    expect(mergeAlerts([once], new Map([["al_1", twice]]))[0]?.count).toBe(2);
    expect(ids([alert("al_0"), twice].sort(newestAlertFirst))).toEqual(["al_1", "al_0"]);
  });
});
