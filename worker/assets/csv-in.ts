import Papa from "papaparse";
import * as z from "zod";
import { ASSET_TYPES, ENVIRONMENTS } from "../../core/asset.ts";
import {
  aliasSchema,
  assetNameSchema,
  IMPORT_ROWS_MAX,
  type ImportRow,
  type ImportRowResult,
  ipSchema,
  tagSchema,
} from "../../core/asset-schema.ts";
import { fail, ok, type Result } from "../../core/errors.ts";
import { COLUMNS } from "./csv-out.ts";

type Column = (typeof COLUMNS)[number];

/** What a row says, or why it cannot be read. */
export type ReadRow = { row: ImportRow } | { refused: ImportRowResult };

const YES = new Set(["yes", "y", "true", "1", "x"]);
const NO = new Set(["no", "n", "false", "0"]);

/** Parts of a cell, one a line or between semicolons; a semicolon within one has a backslash before it. */
function parts(cell: string): string[] {
  const found = cell.split(/(?<!\\)[;\n]/).map((part) => unguard(part.replaceAll("\\;", ";").trim()));
  return [...new Set(found)].filter(Boolean);
}

const list = (item: z.ZodType<string, string>, max: number, what: string) =>
  z
    .string()
    .transform(parts)
    .pipe(z.array(item).max(max, `more than ${max} ${what}`))
    .transform((items) => (items.length > 0 ? items : null));
const word = <T extends string>(names: readonly T[]) =>
  z
    .string()
    .toLowerCase()
    .refine(
      (cell): cell is T => (names as readonly string[]).includes(cell),
      `not one of ${names.join(", ")}`,
    );
const short = (max: number) => z.string().max(max, `longer than ${max} characters`);

const CELLS = {
  name: assetNameSchema,
  type: word(ASSET_TYPES),
  ip: ipSchema,
  instance_id: short(255),
  os: short(100),
  environment: word(ENVIRONMENTS),
  tags: list(tagSchema, 50, "tags"),
  critical: z
    .string()
    .toLowerCase()
    .refine((cell) => YES.has(cell) || NO.has(cell), "neither yes nor no")
    .transform((cell) => YES.has(cell)),
  aliases: list(aliasSchema, 100, "aliases"),
  depends_on: list(z.string().max(255, "a name longer than 255 characters"), 100, "dependencies"),
} as const satisfies Record<Column, z.ZodType>;

/** Takes off the apostrophe that our own export, or a spreadsheet, puts before what looks like a formula. */
function unguard(cell: string): string {
  return /^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}

const wrong = (text: string) => fail<never>("validation_failed", text, { fields: { csv: text } });

/** The rows of an asset list; blank ones are passed over. Fails where the list as a whole cannot be read. */
export function readAssetCsv(csv: string): Result<ReadRow[]> {
  const text = csv.replace(/^\uFEFF/, "");
  // Comma, semicolon or tab, as the spreadsheet's country has it; told from the header alone.
  const header = text.split(/\r?\n|\r/, 1)[0] ?? "";
  const delimiter = [",", ";", "\t"].sort((a, b) => header.split(b).length - header.split(a).length)[0];
  const cells: { data: string[]; line: number }[] = [];
  let line = 1;
  let read = 0;
  let broken: string | null = null;
  Papa.parse<string[]>(text, {
    delimiter,
    step: ({ data, errors, meta }) => {
      if (errors[0]) broken ??= `Line ${line}: ${errors[0].message}.`;
      cells.push({ data, line });
      line += (text.slice(read, meta.cursor).match(/\r\n|\r|\n/g) ?? []).length;
      read = meta.cursor;
    },
  });
  if (broken) return wrong(broken);
  const [head, ...body] = cells;
  const columns = (head?.data ?? []).map((name) =>
    name
      .trim()
      .toLowerCase()
      .replaceAll(/[\s-]+/g, "_"),
  );
  if (!columns.includes("name"))
    return wrong(`The first line has to name the columns, "name" among them: ${COLUMNS.join(", ")}.`);
  const twice = columns.find((name, i) => name && columns.indexOf(name) !== i);
  if (twice) return wrong(`The column ${twice} is there twice.`);
  const rows = body.filter(({ data }) => data.some((cell) => cell.trim() !== ""));
  if (rows.length === 0) return wrong("The list has no rows.");
  if (rows.length > IMPORT_ROWS_MAX)
    return wrong(`The list has ${rows.length} rows; at most ${IMPORT_ROWS_MAX} can be imported at once.`);
  return ok(rows.map(({ data, line: at }) => readRow(columns, data, at)));
}

function readRow(columns: string[], data: string[], line: number): ReadRow {
  const problems: string[] = [];
  if (data.length > columns.length && data.slice(columns.length).some((cell) => cell.trim() !== ""))
    problems.push(`has ${data.length} cells for ${columns.length} columns`);
  const row: Record<string, unknown> = { line };
  for (const column of COLUMNS) {
    const cell = unguard((data[columns.indexOf(column)] ?? "").trim());
    if (cell === "") {
      row[column] = null;
      continue;
    }
    const parsed = CELLS[column].safeParse(cell);
    if (parsed.success) row[column] = parsed.data;
    else problems.push(`${column}: ${parsed.error.issues[0]?.message}`);
  }
  if (problems.length === 0) return { row: row as unknown as ImportRow };
  const name = (data[columns.indexOf("name")] ?? "").trim();
  return { refused: { line, name, ok: false, action: null, error: problems.join("; ") } };
}
