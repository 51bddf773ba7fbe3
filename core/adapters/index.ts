import type { Adapter } from "./adapter.ts";
import { alertmanager } from "./alertmanager.ts";
import { generic } from "./generic.ts";

/** Every adapter, in the order people are shown them. */
const ALL: Adapter[] = [generic, alertmanager];

/** Route name -> adapter. */
export const ADAPTERS: ReadonlyMap<string, Adapter> = new Map(ALL.map((a) => [a.tool, a]));
