import type { Adapter, AdapterResult } from "../../../core/adapters/adapter.ts";
import { chooseMapping, parseCustom } from "../../../core/adapters/custom.ts";
import { ADAPTERS } from "../../../core/adapters/index.ts";
import type { DeadLetterDetail } from "../../../core/dead-letter.ts";
import { fail, ok, type Result } from "../../../core/errors.ts";
import { compileMapping } from "../../../core/mapping/compile.ts";
import type { Mapping, MappingView } from "../../../core/mapping/mapping.ts";
import { fitsBody } from "../../../core/mapping/run.ts";
import type { Understood } from "../../../durable-objects/rpc.ts";
import { parseBody } from "../../webhooks/body.ts";

/** How a letter is to be read: by a tool's adapter, or by a mapping of the company. */
export interface Way {
  tool?: string;
  mapping?: string;
  /** A mapping reads only bodies that its conditions are for: many are sent again, nobody chose each. */
  fitting?: boolean;
}

const wrong = (path: string, text: string) => fail("validation_failed", text, { fields: { [path]: text } });

/** What a tool's adapter, or a mapping of the company, makes of a body that did not come through its webhook. */
export function readAs(
  { tool, parse }: Adapter,
  mappings: MappingView[],
  named: string | null,
  value: unknown,
): AdapterResult {
  return tool === "custom" ? parseCustom(kept(mappings), named, value) : parse(value, () => null);
}

const kept = (mappings: MappingView[]) => mappings.map((one): Mapping => ({ ...one, changed_at: 0 }));

/** Alerts of a kept body, read this way or as it was sent; what is still wrong stays a field error. */
export async function understand(
  letter: DeadLetterDetail,
  way: Way,
  mappings: MappingView[],
): Promise<Result<Understood>> {
  if (letter.truncated)
    return wrong("body", "The body was too long to be kept whole, so it cannot be sent again.");
  const tool = way.mapping ? "custom" : (way.tool ?? letter.tool);
  const adapter = ADAPTERS.get(tool);
  if (!adapter) return wrong("tool", `There is no tool “${tool.slice(0, 40)}”.`);
  const parsed = await parseBody(new Uint8Array(new TextEncoder().encode(letter.body)), letter.content_type);
  if (!parsed.ok) return wrong("body", parsed.error.detail);
  const { value } = parsed.value;
  const chosen = way.fitting && way.mapping ? chooseMapping(kept(mappings), way.mapping, value) : null;
  if (chosen && !fitsBody(compileMapping(chosen), value))
    return ok({ by: tool, items: [{ fields: { mapping: "is not for this body" } }] });
  const result = readAs(adapter, mappings, way.mapping ?? null, value);
  const by = way.mapping ? `mapping ${way.mapping}` : tool;
  if (!("items" in result)) return ok({ by, items: [{ fields: { body: result.detail, ...result.fields } }] });
  const { refused_items } = letter;
  // The rest of its body was accepted when it came.
  const left = refused_items ? result.items.filter((_, i) => refused_items.includes(i)) : result.items;
  return ok({
    by,
    items: left.map((item) => ("alert" in item ? { alert: item.alert } : { fields: item.fields })),
  });
}
