import type { Incident } from "../../core/incident.ts";

/** What the incident list searches: written anew only when one of these changes. */
export function searchText(incident: Incident): string {
  return [incident.title, incident.signature, ...incident.asset_names].join("\n");
}

const MAX_TERMS = 10;

/**
 * What somebody typed as an FTS5 expression: every word, as a prefix, within these scopes (the random
 * parts of MSP or company ids). null where nothing is left to look for.
 */
export function matchExpression(scopes: string[], typed: string): string | null {
  const terms = typed
    .split(/\s+/u)
    .map((term) => term.replace(/[^\p{L}\p{N}]+/gu, " ").trim())
    .filter((term) => term !== "")
    .slice(0, MAX_TERMS)
    .map((term) => `"${term}" *`);
  if (terms.length === 0 || scopes.length === 0) return null;
  return `scope : (${scopes.map((scope) => `"${scope}"`).join(" OR ")}) AND body : (${terms.join(" AND ")})`;
}
