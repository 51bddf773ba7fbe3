import { parseHex } from "../../core/contrast.ts";
import { parseCidr } from "../../core/ip.ts";
import type { TimedWindow } from "../components/noise/window-fields.tsx";

/** What the wizard has gathered so far, as it was typed. */
export interface Draft {
  name: string;
  time_zone: string;
  color: string;
  maintenance_windows: TimedWindow[];
  hmac_required: boolean;
  ip_allowlist: string;
  requests_per_minute: string;
  burst: string;
  strategy: string;
  window_minutes: string;
}
export type DraftErrors = Partial<Record<keyof Draft, string>>;

export const NEW_DRAFT: Draft = {
  name: "",
  time_zone: "UTC",
  color: "",
  maintenance_windows: [],
  hmac_required: true,
  ip_allowlist: "",
  requests_per_minute: "60",
  burst: "100",
  strategy: "smart",
  window_minutes: "15",
};

export interface WizardStep {
  title: string;
  fields: readonly (keyof Draft)[];
}

export const STEPS: readonly WizardStep[] = [
  { title: "Basics", fields: ["name", "time_zone", "color", "maintenance_windows"] },
  { title: "Security", fields: ["hmac_required", "requests_per_minute", "burst", "ip_allowlist"] },
  { title: "Correlation", fields: ["strategy", "window_minutes"] },
  { title: "Review", fields: [] },
];

/** The entries of a field with one a line, or several with commas. */
export function linesOf(text: string): string[] {
  return text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter(Boolean);
}

const whole = (text: string) =>
  /^[1-9]\d{0,6}$/.test(text.trim()) && Number(text) <= 1_000_000
    ? null
    : "Give a whole number from 1 to 1000000";

const CHECKS: { [F in keyof Draft]?: (draft: Draft) => string | null } = {
  name({ name }) {
    if (!name.trim()) return "Give the company a name";
    return name.trim().length > 120 ? "Use at most 120 characters" : null;
  },
  color: ({ color }) =>
    !color.trim() || parseHex(color) ? null : "Write the colour as #rrggbb, or leave it empty",
  requests_per_minute: ({ requests_per_minute }) => whole(requests_per_minute),
  burst: ({ burst }) => whole(burst),
  ip_allowlist({ ip_allowlist }) {
    const wrong = linesOf(ip_allowlist).find((entry) => parseCidr(entry) === null);
    return wrong ? `${wrong} is not an IPv4 or IPv6 address or CIDR range` : null;
  },
};

/** What is wrong with one step's fields; empty when one may go on. */
export function checkStep(step: number, draft: Draft): DraftErrors {
  const errors: DraftErrors = {};
  for (const field of STEPS[step]?.fields ?? []) {
    const wrong = CHECKS[field]?.(draft);
    if (wrong) errors[field] = wrong;
  }
  return errors;
}

/** The first step that has a field with an error, or null. */
export function stepOfErrors(errors: Record<string, unknown>): number | null {
  const at = STEPS.findIndex(({ fields }) => fields.some((field) => errors[field]));
  return at < 0 ? null : at;
}

/** Where the API names a field differently than the wizard does. */
const API_FIELDS: Record<string, keyof Draft> = {
  "brand.color": "color",
  "rate_limit.requests_per_minute": "requests_per_minute",
  "rate_limit.burst": "burst",
  "correlation.strategy": "strategy",
  "correlation.window_minutes": "window_minutes",
};

/** The API's field errors under the wizard's names; those of a list's entries under the list's. */
export function wizardFields(fields: Record<string, string>): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [path, text] of Object.entries(fields)) {
    const [, list, n] = /^(ip_allowlist|maintenance_windows)\.(\d+)(?:\.|$)/.exec(path) ?? [];
    const entry = list === "ip_allowlist" ? "Line" : "Window";
    const said = list === undefined ? text : `${entry} ${Number(n) + 1}: ${text}.`;
    const name = list ?? API_FIELDS[path] ?? path;
    out[name] = out[name] ? `${out[name]} ${said}` : said;
  }
  return out;
}
