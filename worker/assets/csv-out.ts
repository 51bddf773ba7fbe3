import Papa from "papaparse";
import type { Asset } from "../../core/asset-schema.ts";

export const COLUMNS = [
  "name",
  "type",
  "ip",
  "instance_id",
  "os",
  "environment",
  "tags",
  "critical",
  "aliases",
  "depends_on",
] as const;

/** Columns that an import reads again, and what an import cannot set. */
const SHOWN = [...COLUMNS, "health", "open_alerts", "source", "first_seen", "last_seen"];

/** Tags, aliases and dependencies within one cell; a semicolon of their own gets a backslash. */
const cell = (items: string[]) => items.map((item) => item.replaceAll(";", "\\;")).join("; ");

/**
 * Assets as CSV (RFC 4180, UTF-8 with BOM, which spreadsheets want). Cells that a spreadsheet would take for
 * a formula begin with an apostrophe. `nameOf` names a dependency.
 */
export function assetsToCsv(assets: Asset[], nameOf: (id: string) => string): string {
  const data = assets.map((asset) => [
    asset.name,
    asset.type,
    asset.ip,
    asset.instance_id,
    asset.os,
    asset.environment,
    cell(asset.tags),
    asset.critical ? "yes" : "no",
    cell(asset.aliases),
    cell(asset.depends_on.map(nameOf)),
    asset.health,
    asset.open_alerts,
    asset.source,
    asset.first_seen,
    asset.last_seen,
  ]);
  return `\uFEFF${Papa.unparse({ fields: SHOWN, data }, { escapeFormulae: true })}\r\n`;
}
