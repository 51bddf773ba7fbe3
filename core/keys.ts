import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { NormalizedAlert, Reason } from "./alert.ts";
import { isNameless, normalizeAssetName } from "./asset.ts";
import type { Strategy } from "./incident.ts";

/** Longer keys are cut to their hash: a key is an index entry, and a caller may send kilobytes. */
const READABLE_MAX = 160;

const escaped = (part: string) => (/[|\\]/.test(part) ? part.replace(/[|\\]/g, "\\$&") : part);

/** Joins parts so that no two lists of parts make one string: "|" and "\" inside a part are escaped. */
function join(parts: string[]): string {
  return parts.map(escaped).join("|");
}

function bounded(prefix: string, parts: string[]): string {
  const body = join(parts);
  // A sender's own "sha256:..." is hashed as well, or it could be made to meet a longer key.
  if (body.length <= READABLE_MAX && !body.startsWith("sha256:")) return `${prefix}|${body}`;
  return `${prefix}|sha256:${bytesToHex(sha256(utf8ToBytes(body))).slice(0, 40)}`;
}

/**
 * What makes two alerts the same alert: tenant and source, then the sender's own key byte-exact, else the
 * source's declared identity, else asset and check. Never severity, value, time, message, or a name alone.
 */
export function dedupKey(companyId: string, a: NormalizedAlert): { key: string; rule: string } {
  const scope = `${companyId}|${escaped(a.tool_source.toLowerCase())}`;
  if (a.caller_key !== null)
    return { key: bounded(`${scope}|key`, [a.caller_key]), rule: "dedup.caller_key" };
  if (a.identity) {
    const sorted = [...a.identity].sort(([x], [y]) => (x < y ? -1 : x > y ? 1 : 0));
    return { key: bounded(`${scope}|id`, sorted.flat()), rule: "dedup.source_identity" };
  }
  const asset = a.asset_id ? `id:${a.asset_id}` : normalizeAssetName(a.asset_name);
  return {
    key: bounded(`${scope}|check`, [asset, a.signature.normalize("NFC").trim()]),
    rule: "dedup.asset_check",
  };
}

export interface KeyParts {
  /** Resolved, "" where it could not be told. */
  asset: string;
  /** Canonical. */
  signature: string;
  tool: string;
}

const PARTS: Record<Exclude<Strategy, "smart">, (keyof KeyParts)[]> = {
  "asset|signature": ["asset", "signature"],
  "asset|signature|tool": ["asset", "signature", "tool"],
  signature: ["signature"],
  asset: ["asset"],
};

/**
 * The aggregation key of a strategy, or the reason there is none: a missing part never becomes a shared
 * group, the alert gets an incident of its own.
 */
export function aggregationKey(
  companyId: string,
  strategy: Exclude<Strategy, "smart">,
  parts: KeyParts,
): { key: string } | { missing: Reason } {
  for (const name of PARTS[strategy]) {
    if (isNameless(parts[name].toLowerCase())) {
      return {
        missing: {
          rule: "group.missing_field",
          evidence: { field: name, strategy },
          text: `Could not group by ${strategy}: ${name} is missing, so it stands alone.`,
        },
      };
    }
  }
  return {
    key: bounded(
      `${companyId}|${strategy}`,
      PARTS[strategy].map((name) => parts[name]),
    ),
  };
}

/** The aggregation key that a company's rule makes: never one of another rule, nor of a strategy. */
export function ruleKey(companyId: string, rule: string, parts: string[]): string {
  return bounded(`${companyId}|rule`, [rule, ...parts]);
}

/** The key without its tenant, for people. */
export function readableKey(companyId: string, key: string): string {
  return key.startsWith(`${companyId}|`) ? key.slice(companyId.length + 1) : key;
}
