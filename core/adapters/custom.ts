import { compileMapping } from "../mapping/compile.ts";
import type { Mapping } from "../mapping/mapping.ts";
import { fitsBody, mapBody } from "../mapping/run.ts";
import type { Adapter, AdapterResult } from "./adapter.ts";
import { customGuide } from "./custom-guide.ts";

const NO_MAPPING: AdapterResult = {
  detail:
    "No mapping of this company is for this body. It is kept; make a mapping from it on the Intake page.",
  fields: { mapping: "none fits" },
};

/** The mapping of this id or short name, or the first that is for this body. Those switched off never are. */
export function chooseMapping(mappings: Mapping[], wanted: string | null, body: unknown): Mapping | null {
  const live = mappings.filter((mapping) => mapping.enabled);
  if (wanted) return live.find(({ id, slug }) => id === wanted || slug === wanted) ?? null;
  return live.find((mapping) => fitsBody(compileMapping(mapping), body)) ?? null;
}

/** Alerts of any JSON by a company's own mappings. `wanted`: the one that the sender's address names. */
export function parseCustom(mappings: Mapping[], wanted: string | null, body: unknown): AdapterResult {
  const mapping = chooseMapping(mappings, wanted, body);
  if (mapping) return mapBody(compileMapping(mapping), body);
  if (!wanted) return NO_MAPPING;
  return {
    detail: `This company has no mapping “${wanted.slice(0, 60)}” that is switched on. The body is kept.`,
    fields: { mapping: "is not known" },
  };
}

/** Without a company there is no mapping; intake calls `parseCustom` with the company's own. */
export const custom: Adapter = {
  tool: "custom",
  retriesOnlyOn5xx: false,
  parse: (body) => parseCustom([], null, body),
  guide: customGuide,
};
