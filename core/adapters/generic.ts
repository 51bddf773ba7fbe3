import * as z from "zod";
import { CATEGORIES, type Category, type NormalizedAlert } from "../alert.ts";
import { readSeverity } from "../severity.ts";
import {
  type Adapter,
  type AdapterItem,
  type AdapterResult,
  cut,
  isObject,
  MESSAGE_MAX,
  NAME_MAX,
  readTags,
  readTime,
} from "./adapter.ts";
import { genericGuide } from "./generic-guide.ts";

const TOOL_MAX = 100;
const CATEGORY_MAX = 100;
const DEDUP_KEY_MAX = 4096;

const required = (what: string) =>
  z
    .string({ error: `${what} is required, as a string` })
    .trim()
    .min(1, `${what} may not be empty`);

/** The body of `POST /api/webhooks/alerts`: one of these, or an array of them. */
export const genericAlertSchema = z.object({
  asset_name: required("asset_name").max(NAME_MAX).describe("the machine or thing that is in trouble"),
  signature: required("signature").max(NAME_MAX).describe("what is wrong, for example high_cpu_usage"),
  severity: z
    .union([z.string(), z.number()], { error: "severity is required, as a string" })
    .describe("critical, high, medium, low or what your tool calls them; an unknown word becomes medium"),
  message: z.string({ error: "message is required, as a string" }),
  tool_source: required("tool_source").max(TOOL_MAX),
  asset_id: z.string().max(NAME_MAX).nullish(),
  category: z.string().max(CATEGORY_MAX).nullish(),
  status: z.enum(["firing", "resolved"], { error: 'status is "firing" or "resolved"' }).nullish(),
  timestamp: z.union([z.string(), z.number()]).nullish().describe("ISO 8601, or unix seconds"),
  dedup_key: z.string().max(DEDUP_KEY_MAX).nullish().describe("your own key; byte-exact"),
  tags: z.unknown().optional(),
  links: z.unknown().optional(),
});

const BY_NAME = new Map(CATEGORIES.map((c) => [c.toLowerCase(), c]));

function readLinks(value: unknown): { label: string; url: string }[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, 10).flatMap((link) => {
    const url =
      typeof link === "string" ? link : isObject(link) && typeof link.url === "string" ? link.url : "";
    if (!/^https?:\/\//i.test(url)) return [];
    const label = isObject(link) && typeof link.label === "string" ? link.label : url;
    return [{ label: cut(label, 200), url: cut(url, 2048) }];
  });
}

type GenericAlert = z.infer<typeof genericAlertSchema>;

const isText = (value: unknown, max: number): boolean => typeof value === "string" && value.length <= max;
const isAbsent = (value: unknown): boolean => value === undefined || value === null;
const isScalar = (value: unknown): boolean => typeof value === "string" || Number.isFinite(value);

/**
 * What the schema makes of an alert that is right, found without it: most alerts are, and the schema takes
 * as long as all the rest of reading one. null: ask the schema, which also says what is wrong.
 */
export function plainAlert(value: unknown): GenericAlert | null {
  if (!isObject(value)) return null;
  const v = value as Partial<GenericAlert>;
  if (typeof v.asset_name !== "string" || typeof v.signature !== "string") return null;
  if (typeof v.tool_source !== "string" || typeof v.message !== "string") return null;
  const asset_name = v.asset_name.trim();
  const signature = v.signature.trim();
  const tool_source = v.tool_source.trim();
  const named = asset_name !== "" && signature !== "" && tool_source !== "";
  if (!named || !isText(asset_name, NAME_MAX) || !isText(signature, NAME_MAX)) return null;
  if (!isText(tool_source, TOOL_MAX) || !isScalar(v.severity)) return null;
  if (!isAbsent(v.status) && v.status !== "firing" && v.status !== "resolved") return null;
  if (!isAbsent(v.timestamp) && !isScalar(v.timestamp)) return null;
  if (!isAbsent(v.asset_id) && !isText(v.asset_id, NAME_MAX)) return null;
  if (!isAbsent(v.category) && !isText(v.category, CATEGORY_MAX)) return null;
  if (!isAbsent(v.dedup_key) && !isText(v.dedup_key, DEDUP_KEY_MAX)) return null;
  const { severity, message, asset_id, category, status, timestamp, dedup_key, tags, links } =
    v as GenericAlert;
  return {
    asset_name,
    signature,
    severity,
    message,
    tool_source,
    asset_id,
    category,
    status,
    timestamp,
    dedup_key,
    tags,
    links,
  };
}

function one(value: unknown): AdapterItem {
  const plain = plainAlert(value);
  if (plain) return { alert: normalized(plain) };
  const read = genericAlertSchema.safeParse(value);
  if (read.success) return { alert: normalized(read.data) };
  const fields: [string, string][] = read.error.issues.map((i) => [i.path.join(".") || "body", i.message]);
  return { fields: Object.fromEntries(fields.slice(0, 20)) };
}

function normalized(a: GenericAlert): NormalizedAlert {
  const { severity, known } = readSeverity(String(a.severity));
  const event_time = a.timestamp === null || a.timestamp === undefined ? null : readTime(a.timestamp);
  const flags: string[] = [];
  if (!known) flags.push("unknown_severity");
  if (a.timestamp !== null && a.timestamp !== undefined && event_time === null)
    flags.push("unreadable_timestamp");
  if (a.message.length > MESSAGE_MAX) flags.push("message_cut");
  const category: Category | null = BY_NAME.get(a.category?.trim().toLowerCase() ?? "") ?? null;
  return {
    status: a.status ?? "firing",
    asset_name: a.asset_name,
    asset_id: a.asset_id?.trim() || null,
    signature: a.signature,
    severity,
    category,
    message: cut(a.message, MESSAGE_MAX),
    tool_source: a.tool_source,
    caller_key: a.dedup_key ? a.dedup_key : null,
    identity: null,
    variant: null,
    event_time,
    tags: a.tags === undefined ? [] : readTags(a.tags),
    links: a.links === undefined ? [] : readLinks(a.links),
    flags,
    heartbeat: false,
  };
}

function parse(body: unknown): AdapterResult {
  if (Array.isArray(body)) {
    if (body.length === 0)
      return { detail: "The array holds no alerts.", fields: { body: "is an empty array" } };
    return { items: body.map(one), many: true };
  }
  if (!isObject(body))
    return {
      detail: "The body is neither an alert nor an array of alerts.",
      fields: { body: "must be an object or an array" },
    };
  return { items: [one(body)], many: false };
}

export const generic: Adapter = {
  tool: "alerts",
  retriesOnlyOn5xx: false,
  parse,
  guide: genericGuide,
};
