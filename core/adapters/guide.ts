import * as z from "zod";
import type { Adapter, AdapterGuide } from "./adapter.ts";
import { PLACEHOLDER } from "./placeholders.ts";

/** One tool in the list of tools. */
export const integrationRowSchema = z.object({
  tool: z.string().describe("the last part of its webhook's address"),
  label: z.string(),
  about: z.string(),
  signs: z
    .enum(["hmac", "own", "key_only"])
    .describe("our HMAC, a signature of the tool's own, or the key alone, which is weaker"),
  recovers: z.boolean().describe("false: nothing says that it is over, so its alerts expire"),
});
export type IntegrationRow = z.infer<typeof integrationRowSchema>;

/** How one tool is pointed at one company. The key and the secret are placeholders: both are shown once only. */
export const integrationSchema = integrationRowSchema.extend({
  versions: z.string(),
  webhook_url: z.string(),
  steps: z.array(z.string()),
  templates: z.array(
    z.object({
      where: z.string(),
      language: z.enum(["json", "yaml", "text", "shell", "xml"]),
      text: z.string(),
    }),
  ),
  files: z.array(z.object({ label: z.string(), path: z.string() })),
  docs: z.string(),
});
export type Integration = z.infer<typeof integrationSchema>;

export function integrationRow({ tool, guide }: Adapter): IntegrationRow {
  const { label, about, signs, recovers } = guide;
  return { tool, label, about, signs, recovers };
}

/** A guide with addresses and names of one company in it. `origin`: scheme and host of this service. */
export function integrationOf(
  { tool, guide }: { tool: string; guide: AdapterGuide },
  origin: string,
  company: string,
): Integration {
  const webhook = `${origin}/api/webhooks/${tool}?api_key=${PLACEHOLDER.key}`;
  const values = new Map([
    ["webhook_url", webhook],
    ["api_key", PLACEHOLDER.key],
    ["hmac_secret", PLACEHOLDER.secret],
    ["base_url", origin],
    ["company", company],
  ]);
  const fill = (text: string) =>
    text.replace(/\{([a-z_]+)\}/g, (all, name: string) => values.get(name) ?? all);
  const { label, about, signs, recovers, versions, steps, templates, files = [], docs } = guide;
  return {
    tool,
    label,
    about: fill(about),
    signs,
    recovers,
    versions,
    webhook_url: webhook,
    steps: steps.map(fill),
    templates: templates.map((template) => ({ ...template, text: fill(template.text) })),
    files: files.map((file) => ({ label: file.label, path: fill(file.path) })),
    docs: fill(docs),
  };
}
