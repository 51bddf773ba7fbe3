import * as z from "zod";
import { alertSchema } from "./alert.ts";
import { ASSET_SOURCES, ASSET_TYPES, ENVIRONMENTS, isNameless, normalizeAssetName } from "./asset.ts";
import { incidentSchema } from "./incident.ts";
import { parseCidr } from "./ip.ts";
import { SEVERITIES } from "./severity.ts";

export const ASSETS_MAX = 10_000;
export const DEPENDENCIES_MAX = 100;
export const HEALTHS = ["ok", ...SEVERITIES] as const;
export type Health = (typeof HEALTHS)[number];

export const assetNameSchema = z
  .string()
  .trim()
  .min(1, "give the asset a name")
  .max(255, "use at most 255 characters")
  .refine((name) => !isNameless(normalizeAssetName(name)), "that names nothing in particular");
/** An empty text means there is none. */
const text = (max: number) =>
  z
    .string()
    .trim()
    .max(max, `use at most ${max} characters`)
    .transform((value) => value || null)
    .nullable();
export const ipSchema = text(64).refine(
  (ip) => ip === null || (!ip.includes("/") && parseCidr(ip) !== null),
  "not an IPv4 or IPv6 address",
);
export const tagSchema = z.string().trim().min(1).max(100, "use at most 100 characters");
export const aliasSchema = z
  .string()
  .trim()
  .min(1)
  .max(255, "use at most 255 characters")
  .refine((name) => !isNameless(normalizeAssetName(name)), "that names nothing in particular");

const fields = {
  name: assetNameSchema,
  type: z.enum(ASSET_TYPES),
  ip: ipSchema,
  instance_id: text(255),
  os: text(100),
  environment: z.enum(ENVIRONMENTS),
  tags: z.array(tagSchema).max(50, "at most 50 tags"),
  aliases: z
    .array(aliasSchema)
    .max(100, "at most 100 aliases")
    .describe("other names and addresses that tools use for it; `id:` begins a tool's own id"),
  critical: z.boolean(),
  depends_on: z
    .array(z.string().max(40))
    .max(DEPENDENCIES_MAX, `at most ${DEPENDENCIES_MAX} dependencies`)
    .describe("ids of the assets it needs to work"),
  notes: text(4000),
};

export const createAssetSchema = z.object({
  name: fields.name,
  type: fields.type.default("server"),
  ip: fields.ip.default(null),
  instance_id: fields.instance_id.default(null),
  os: fields.os.default(null),
  environment: fields.environment.default("production"),
  tags: fields.tags.default([]),
  aliases: fields.aliases.default([]),
  critical: fields.critical.default(false),
  depends_on: fields.depends_on.default([]),
  notes: fields.notes.default(null),
});
export type AssetInput = z.infer<typeof createAssetSchema>;

export const patchAssetSchema = z.object(fields).partial();
export type AssetPatch = z.infer<typeof patchAssetSchema>;

/** An asset as the API answers it. */
export const assetSchema = z.object({
  id: z.string(),
  name: z.string(),
  type: z.enum(ASSET_TYPES),
  ip: z.string().nullable(),
  instance_id: z.string().nullable(),
  os: z.string().nullable(),
  environment: z.enum(ENVIRONMENTS),
  tags: z.array(z.string()),
  aliases: z.array(z.string()),
  critical: z.boolean(),
  depends_on: z.array(z.string()),
  source: z.enum(ASSET_SOURCES),
  notes: z.string().nullable(),
  health: z.enum(HEALTHS).describe("the worst severity that fires on it now"),
  open_alerts: z.number().int(),
  first_seen: z.iso.datetime().nullable(),
  last_seen: z.iso.datetime().nullable().describe("when its newest alert came; null where none did"),
});
export type Asset = z.infer<typeof assetSchema>;

export const assetRefSchema = assetSchema.pick({ id: true, name: true, health: true, critical: true });
export type AssetRef = z.infer<typeof assetRefSchema>;

export const assetDetailSchema = assetSchema.extend({
  needs: z.array(assetRefSchema).describe("what it depends on directly"),
  needed_by: z.array(assetRefSchema).describe("what depends on it directly"),
  upstream_count: z.number().int().describe("assets it depends on, directly or through others"),
  downstream_count: z.number().int().describe("assets that depend on it, directly or through others"),
  open: z.array(alertSchema).describe("alerts that fire on it now, newest first, at most 100"),
});
export type AssetDetail = z.infer<typeof assetDetailSchema>;

export const assetPageSchema = z.object({
  items: z.array(assetSchema),
  next_cursor: z.string().nullable(),
  total: z.number().int().describe("assets that match"),
});
export const assetAlertsSchema = z.object({
  items: z.array(alertSchema),
  next_cursor: z.string().nullable(),
});
export const assetIncidentsSchema = z.object({
  items: z.array(incidentSchema),
  next_cursor: z.string().nullable(),
});

export const IMPORT_ROWS_MAX = 5000;
export const IMPORT_BYTES_MAX = 1024 * 1024;

/** One row of an asset list, its cells understood; null: the cell is empty and changes nothing. */
export interface ImportRow {
  /** Of the row's first character, 1 for the header. */
  line: number;
  name: string | null;
  type: AssetInput["type"] | null;
  ip: string | null;
  instance_id: string | null;
  os: string | null;
  environment: AssetInput["environment"] | null;
  tags: string[] | null;
  critical: boolean | null;
  aliases: string[] | null;
  /** Names or other identities, of assets there are or of rows in the same list. */
  depends_on: string[] | null;
}

export const importRowSchema = z.object({
  line: z.number().int(),
  name: z.string(),
  ok: z.boolean(),
  action: z.enum(["create", "update", "unchanged"]).nullable().describe("null: the row was refused"),
  error: z.string().optional(),
});
export type ImportRowResult = z.infer<typeof importRowSchema>;

export const importResultSchema = z.object({
  rows: z.array(importRowSchema),
  created: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  refused: z.number().int(),
  dry_run: z.boolean(),
});
export type ImportResult = z.infer<typeof importResultSchema>;
