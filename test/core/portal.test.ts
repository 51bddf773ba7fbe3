import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Incident, TimelineEntry } from "../../core/incident.ts";
import {
  type PortalIncident,
  portalEntry,
  portalEntrySchema,
  portalIncident,
  portalIncidentSchema,
} from "../../core/portal.ts";
import { portalStatus } from "../../core/portal-status.ts";

const NOW = Date.parse("2026-05-04T12:30:00Z");
const PLANTED = "planted-internal-words";

const problem = (change: Partial<PortalIncident> = {}): PortalIncident => ({
  id: "in_1",
  title: "High CPU usage on web-1",
  status: "new",
  severity: "high",
  asset_names: ["web-1"],
  alert_count: 1,
  flapping: false,
  created_at: "2026-05-04T12:05:00.000Z",
  acknowledged_at: null,
  resolved_at: null,
  updated_at: "2026-05-04T12:05:00.000Z",
  version: 1,
  ...change,
});

describe("what a client sees", () => {
  it("is the allowed fields and no other, whatever an incident holds", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (more) => {
        const inside = {
          ...more,
          ...problem(),
          resolution_notes: PLANTED,
          assigned_to: { id: "us_1", name: PLANTED },
          why: [{ rule: PLANTED, text: PLANTED }],
          acknowledged_by: { id: "us_1", name: PLANTED },
        } as unknown as Incident;
        const shown = portalIncident(inside);
        expect(portalIncidentSchema.safeParse(shown).success).toBe(true);
        expect(JSON.stringify(shown)).not.toContain(PLANTED);
      }),
    );
  });

  it("names no person and no tool in what happened, and leaves out what is internal or unknown", () => {
    const entry = (change: Partial<TimelineEntry>): TimelineEntry => ({
      seq: 1,
      at: "2026-05-04T12:05:00.000Z",
      actor: { type: "user", id: "us_1", name: PLANTED },
      kind: "acknowledged",
      text: `${PLANTED} acknowledged it.`,
      public: true,
      data: { secret: PLANTED },
      ...change,
    });
    const kinds = ["opened", "severity_raised", "alert_resolved", "acknowledged", "resolved", "reopened"];
    for (const kind of [...kinds, "flapping", "flapping_ended"]) {
      const shown = portalEntry(entry({ kind }));
      expect(portalEntrySchema.safeParse(shown).success).toBe(true);
      expect(JSON.stringify(shown)).not.toContain(PLANTED);
    }
    for (const kind of ["alert_joined", "ai_insight", "__proto__", "constructor"])
      expect(portalEntry(entry({ kind }))).toBeNull();
    expect(portalEntry(entry({ kind: "flapping" }))).toMatchObject({ text: "It comes and goes." });
    expect(portalEntry(entry({ kind: "note", public: false }))).toBeNull();
    expect(portalEntry(entry({ kind: "note", text: "A technician is on the way." }))).toMatchObject({
      by: "provider",
      text: "A technician is on the way.",
    });
  });
});

describe("the sentence", () => {
  const said = (open: PortalIncident[], total = open.length) =>
    portalStatus(open, total, NOW, "Europe/Berlin");

  it("says that all is well", () => {
    expect(said([])).toEqual({ level: "ok", text: "Everything is running normally." });
  });

  it("says what is wrong, where, and since when somebody works on it, by the company's clock", () => {
    expect(said([problem()])).toEqual({
      level: "degraded",
      text: "One problem of high severity on web-1; noticed at 14:05.",
    });
    expect(said([problem({ acknowledged_at: "2026-05-04T12:10:00.000Z" })]).text).toBe(
      "One problem of high severity on web-1; your provider is working on it since 14:10.",
    );
    expect(said([problem({ created_at: "2026-05-03T21:30:00.000Z", severity: "critical" })])).toEqual({
      level: "major",
      text: "One critical problem on web-1; noticed on 3 May, 23:30.",
    });
  });

  it("speaks of the worst of several, however few are listed", () => {
    const worst = problem({ severity: "critical", asset_names: ["db-1"] });
    expect(said([problem({ severity: "low" }), worst, problem()], 12).text).toBe(
      "12 open problems, the most serious critical, on db-1; noticed at 14:05.",
    );
    expect(said([problem({ asset_names: [] })]).text).toBe("One problem of high severity; noticed at 14:05.");
  });
});
