import { ADAPTERS } from "../../core/adapters/index.ts";
import type { NormalizedAlert } from "../../core/alert.ts";
import { dedupKey } from "../../core/keys.ts";
import { fixture } from "./fixtures.ts";

/** All alerts of a body, by the tool's adapter; throws what it answered where it did not understand. */
export function adapted(
  tool: string,
  body: unknown,
  headers: Record<string, string> = {},
): NormalizedAlert[] {
  const result = ADAPTERS.get(tool)?.parse(body, (name) => headers[name] ?? null);
  if (!result || !("items" in result)) throw new Error(result?.detail ?? `there is no adapter ${tool}`);
  return result.items.map((item) => {
    if ("fields" in item) throw new Error(JSON.stringify(item.fields));
    return item.alert;
  });
}

/** The one alert of a stored body. */
export function stored(tool: string, name: string, headers: Record<string, string> = {}): NormalizedAlert {
  const [alert, ...more] = adapted(tool, fixture(tool, name), headers);
  if (!alert || more.length > 0) throw new Error(`${tool}/${name} holds ${more.length + 1} alerts`);
  return alert;
}

export const keyOf = (alert: NormalizedAlert): string => dedupKey("co_aaaaaaaaaaaaaaaa", alert).key;
