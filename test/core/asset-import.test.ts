import { describe, expect, it } from "vitest";
import { AssetBook } from "../../core/asset-book.ts";
import { needsOf } from "../../core/asset-edit.ts";
import { anyCycle } from "../../core/asset-graph.ts";
import { planImport } from "../../core/asset-import.ts";
import type { ImportRow } from "../../core/asset-schema.ts";

const NOW = Date.parse("2026-03-01T10:00:00Z");
let line = 1;
const row = (more: Partial<ImportRow>): ImportRow => {
  line += 1;
  const nothing = { ip: null, instance_id: null, os: null, tags: null, critical: null, aliases: null };
  return { ...nothing, line, name: null, type: null, environment: null, depends_on: null, ...more };
};
const actions = (plan: ReturnType<typeof planImport>) => plan.results.map((r) => r.action);

describe("a list of assets", () => {
  it("changes what it knows by any identity, adds the rest, and says when nothing changes", () => {
    const book = new AssetBook();
    const seen = book.resolve("web-01.acme.local", "i-1");
    const rows = [
      row({ name: "web-01", os: "Debian 13" }),
      row({ instance_id: "i-2", name: "db-01", type: "database" }),
      row({ ip: "10.0.0.9", name: "fw", type: "network" }),
    ];
    expect(actions(planImport(book, rows, NOW))).toEqual(["update", "create", "create"]);
    expect(book.size).toBe(3);
    expect(book.resolve("web-01.acme.local", null).key).toBe(seen.key);
    expect(book.get(1)?.details).toMatchObject({ os: "Debian 13", source: "discovered" });
    expect(actions(planImport(book, rows, NOW))).toEqual(["unchanged", "unchanged", "unchanged"]);
    // By address alone: the name is the inventory's, the old one stays an alias.
    const renamed = planImport(book, [row({ name: "edge-firewall", ip: "10.0.0.9" })], NOW);
    expect(actions(renamed)).toEqual(["update"]);
    expect(book.find("fw")?.name).toBe("edge-firewall");
  });

  it("refuses a row that means two assets, twice the same, or none", () => {
    const book = new AssetBook();
    book.resolve("web-01", null);
    book.resolve("10.0.0.9", null);
    const plan = planImport(
      book,
      [
        row({ name: "web-01", ip: "10.0.0.9" }),
        row({ name: "db-01" }),
        row({ name: "DB-01:5432", os: "x" }),
        row({ os: "x" }),
      ],
      NOW,
    );
    expect(plan.results.map((r) => r.error?.replace(/\d+/g, "#"))).toEqual([
      "means two assets, web-# and #.#.#.#",
      undefined,
      "means db-#, as line # does",
      "needs a name: nothing is known under its other columns",
    ]);
  });

  it("connects rows in any order, and takes back what leans on a row that cannot be", () => {
    const book = new AssetBook();
    const plan = planImport(
      book,
      [
        row({ name: "app", depends_on: ["db", "lb"] }),
        row({ name: "db", depends_on: ["nowhere"] }),
        row({ name: "lb" }),
        row({ name: "page", depends_on: ["app"] }),
      ],
      NOW,
    );
    expect(plan.results.map((r) => r.ok)).toEqual([false, false, true, false]);
    expect(plan.results[0]?.error).toMatch(/depends on db, which line \d+ cannot add/);
    expect(plan.results[1]?.error).toContain("nowhere");
    expect(book.all().map(({ name }) => name)).toEqual(["lb"]);
  });

  it("refuses the rows that make a circle, all of them and no others", () => {
    const book = new AssetBook();
    const plan = planImport(
      book,
      [
        row({ name: "a", depends_on: ["b"] }),
        row({ name: "b", depends_on: ["c"] }),
        row({ name: "c", depends_on: ["a"] }),
        row({ name: "d", depends_on: ["e"] }),
        row({ name: "e" }),
      ],
      NOW,
    );
    expect(plan.results.map((r) => r.ok)).toEqual([false, false, false, true, true]);
    expect(plan.results[0]?.error).toContain("circle: ");
    expect(anyCycle([1, 2, 3, 4, 5], needsOf(book))).toBeNull();
  });

  it("of five thousand rows, each leaning on the one before, is planned in a moment", () => {
    const book = new AssetBook();
    const rows = Array.from({ length: 5000 }, (_, i) =>
      row({
        name: `host-${i}.acme.local`,
        ip: `10.1.${i >> 8}.${i & 255}`,
        depends_on: i ? [`host-${i - 1}`] : null,
      }),
    );
    const start = performance.now();
    expect(new Set(actions(planImport(book, rows, NOW)))).toEqual(new Set(["create"]));
    expect(performance.now() - start).toBeLessThan(1500);
  });
});
