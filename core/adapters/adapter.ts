import type { NormalizedAlert } from "../alert.ts";

/** What an adapter made of one alert of a body: understood, or what is wrong with which field. */
export type AdapterItem = { alert: NormalizedAlert } | { fields: Record<string, string> };

export type AdapterResult =
  | { items: AdapterItem[] /** the body was an array or a group, so answers name the index */; many: boolean }
  /** The body is nothing this adapter knows. */
  | { detail: string; fields: Record<string, string> };

/** Reads a request header by its lower-case name; null where it was not sent. */
export type HeaderOf = (name: string) => string | null;

/**
 * Turns one tool's payload into alerts. Pure: the same body and headers give the same alerts. Never throws,
 * whatever the body is.
 */
export interface Adapter {
  /** The last part of its route, and the tool_source of native payloads. */
  tool: string;
  /** It retries only on 5xx, so a full bucket is answered 503 instead of 429. */
  retriesOnlyOn5xx: boolean;
  /** `body`: parsed JSON; of a form, an object of its fields as strings. */
  parse(body: unknown, header?: HeaderOf): AdapterResult;
  guide: AdapterGuide;
}

/**
 * How people set the tool up; the integrations page and its tests are made from this. Texts may hold
 * `{webhook_url}` (with the company's key in it), `{api_key}`, `{hmac_secret}`, `{base_url}` and `{company}`.
 */
export interface AdapterGuide {
  /** "Grafana". */
  label: string;
  /** One sentence: what is sent and what becomes of it. */
  about: string;
  /** Versions of the tool whose payloads were read; others fall back field by field. */
  versions: string;
  /** Our HMAC by a script, a signature of the tool's own, or the key alone (shown as weaker). */
  signs: "hmac" | "own" | "key_only";
  /** false: nothing ever says that it is over, so its alerts expire. */
  recovers: boolean;
  /** What to do in the tool, in order. */
  steps: string[];
  /** What to paste, each where `where` says. */
  templates: { where: string; language: "json" | "yaml" | "text" | "shell" | "xml"; text: string }[];
  /** Files served by this service that the steps speak of. */
  files?: { label: string; path: string }[];
  /** The tool's own documentation. */
  docs: string;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An own property as a string; "" for what is not there or not a scalar. Inherited names do not count. */
export function text(from: Record<string, unknown>, name: string): string {
  const value = Object.hasOwn(from, name) ? from[name] : undefined;
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

export const MESSAGE_MAX = 8192;
export const NAME_MAX = 512;
const TAGS_MAX = 64;
const TAG_MAX = 1024;

/** At most `max` UTF-16 units, never half of a surrogate pair. */
export function cut(value: string, max: number): string {
  if (value.length <= max) return value;
  const end = /[\uD800-\uDBFF]/.test(value[max - 1] ?? "") ? max - 1 : max;
  return value.slice(0, end);
}

/** Tags of any JSON value: scalars as text, nested values as bounded JSON, the rest of a flood dropped. */
export function readTags(value: unknown): [string, string][] {
  if (Array.isArray(value)) {
    return value.slice(0, TAGS_MAX).flatMap((item) => {
      const tag = typeof item === "string" ? item : scalar(item);
      const colon = tag.indexOf(":");
      return colon > 0
        ? [[cut(tag.slice(0, colon), 200), cut(tag.slice(colon + 1), TAG_MAX)]]
        : [[cut(tag, 200), ""]];
    });
  }
  if (!isObject(value)) return [];
  return Object.keys(value)
    .slice(0, TAGS_MAX)
    .map((name) => [cut(name, 200), cut(scalar(value[name]), TAG_MAX)]);
}

function scalar(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value !== "object") return String(value);
  try {
    return JSON.stringify(value);
  } catch {
    // Nested deeper than the stack reaches.
    return "[too deep]";
  }
}

/** Epoch ms of an ISO time, of unix seconds or of milliseconds; null for what is no time. */
export function readTime(value: unknown): number | null {
  if (
    typeof value === "number" ||
    (typeof value === "string" && value.length <= 64 && /^\d{9,16}(\.\d+)?$/.test(value))
  ) {
    const n = Number(value);
    if (!Number.isFinite(n) || n <= 0) return null;
    const ms = n < 1e11 ? n * 1000 : n < 1e14 ? n : n / 1000;
    return ms <= 8.64e15 ? Math.round(ms) : null;
  }
  if (typeof value !== "string" || value.length > 64) return null;
  const ms = Date.parse(value);
  // Go's zero time, 0001-01-01, means "not set".
  return Number.isNaN(ms) || ms <= 0 ? null : ms;
}
