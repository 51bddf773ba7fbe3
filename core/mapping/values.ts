import { cut } from "../adapters/adapter.ts";
import type { Work } from "./work.ts";

export const TEXT_MAX = 8192;

/** A value as text: scalars as they are, lists of them with commas between, all else as bounded JSON. */
export function textOf(value: unknown, work: Work): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return value;
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value) && value.every((item) => item === null || typeof item !== "object")) {
    work.spend(value.length);
    return cutText(value.map((item) => (item === null ? "" : String(item))).join(", "));
  }
  let json: string;
  try {
    json = JSON.stringify(value) ?? "";
  } catch {
    // Nested deeper than the stack reaches.
    json = "[too deep]";
  }
  work.spend(Math.ceil(json.length / 8));
  return cutText(json);
}

/** At most TEXT_MAX units, never half of a pair. */
export function cutText(text: string): string {
  return cut(text, TEXT_MAX);
}

export const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === "string" && value.trim() === "") ||
  (Array.isArray(value) && value.length === 0);
