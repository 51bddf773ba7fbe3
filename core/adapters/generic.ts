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
  tool_source: required("tool_source").max(100),
  asset_id: z.string().max(NAME_MAX).nullish(),
  category: z.string().max(100).nullish(),
  status: z.enum(["firing", "resolved"], { error: 'status is "firing" or "resolved"' }).nullish(),
  timestamp: z.union([z.string(), z.number()]).nullish().describe("ISO 8601, or unix seconds"),
  dedup_key: z.string().max(4096).nullish().describe("your own key; byte-exact"),
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

function one(value: unknown): AdapterItem {
  const read = genericAlertSchema.safeParse(value);
  if (!read.success) {
    const fields: [string, string][] = read.error.issues.map((i) => [i.path.join(".") || "body", i.message]);
    return { fields: Object.fromEntries(fields.slice(0, 20)) };
  }
  const a = read.data;
  const { severity, known } = readSeverity(String(a.severity));
  const event_time = a.timestamp === null || a.timestamp === undefined ? null : readTime(a.timestamp);
  const flags: string[] = [];
  if (!known) flags.push("unknown_severity");
  if (a.timestamp !== null && a.timestamp !== undefined && event_time === null)
    flags.push("unreadable_timestamp");
  if (a.message.length > MESSAGE_MAX) flags.push("message_cut");
  const category: Category | null = BY_NAME.get(a.category?.trim().toLowerCase() ?? "") ?? null;
  const alert: NormalizedAlert = {
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
  return { alert };
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
