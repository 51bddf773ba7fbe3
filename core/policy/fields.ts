import { isNameless } from "../asset.ts";
import type { AlertState } from "../engine/state.ts";

/** What conditions may ask about, besides `tags.<name>`. */
export const FIELDS = [
  "asset",
  "asset_id",
  "signature",
  "raw_signature",
  "severity",
  "message",
  "tool",
  "category",
  "source_group",
] as const;
export type Field = (typeof FIELDS)[number] | `tags.${string}`;

const TAG = /^tags\.[^\s][^\n]{0,99}$/;
export const isField = (name: string): name is Field =>
  (FIELDS as readonly string[]).includes(name) || TAG.test(name);

/** An alert as conditions see it; what the engine keeps fits. */
export type Subject = Pick<
  AlertState,
  | "asset_name"
  | "asset_id"
  | "asset_key"
  | "signature"
  | "raw_signature"
  | "severity"
  | "message"
  | "tool"
  | "category"
  | "tags"
> & { group?: string | null };

const READ: Record<(typeof FIELDS)[number], (alert: Subject) => string> = {
  asset: (alert) => alert.asset_name,
  asset_id: (alert) => alert.asset_id ?? "",
  signature: (alert) => alert.signature,
  raw_signature: (alert) => alert.raw_signature,
  severity: (alert) => alert.severity,
  message: (alert) => alert.message,
  tool: (alert) => alert.tool,
  category: (alert) => alert.category,
  source_group: (alert) => alert.group ?? "",
};

/** How to read a field; "" where the alert has none. Made once, when a rule is compiled. */
export function reader(field: Field): (alert: Subject) => string {
  if (!field.startsWith("tags.")) return READ[field as (typeof FIELDS)[number]];
  const name = field.slice("tags.".length).toLowerCase();
  return (alert) => {
    for (const [key, value] of alert.tags) if (key.toLowerCase() === name) return value;
    return "";
  };
}

/**
 * How a key reads a field: an asset by who it is and not by what one tool calls it. "" also for what says as
 * much as nothing ("unknown", "n/a"), which never groups.
 */
export function keyReader(field: Field): (alert: Subject) => string {
  if (field === "asset") return (alert) => alert.asset_key;
  const read = reader(field);
  return (alert) => {
    const value = read(alert).trim().toLowerCase();
    return isNameless(value) ? "" : value;
  };
}
