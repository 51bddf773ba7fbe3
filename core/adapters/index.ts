import type { Adapter } from "./adapter.ts";
import { alertmanager } from "./alertmanager.ts";
import { generic } from "./generic.ts";

/** Route name -> adapter. */
export const ADAPTERS: ReadonlyMap<string, Adapter> = new Map(
  [generic, alertmanager].map((a) => [a.tool, a]),
);
