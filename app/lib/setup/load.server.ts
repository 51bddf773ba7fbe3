import type { AppLoadContext } from "@remix-run/cloudflare";
import type { Integration, IntegrationRow } from "../../../core/adapters/guide.ts";
import type { Part } from "../../components/overview/part.tsx";
import { companyPath, loadPart } from "../company-loads.server.ts";

/** The tools there are, and how one of them is set up. */
export interface LoadedSetup {
  tool: string;
  tools: Part<{ items: IntegrationRow[] }>;
  guide: Part<Integration>;
}

export async function loadSetup(
  context: AppLoadContext,
  companyId: string | undefined,
  tool: string,
): Promise<LoadedSetup> {
  const [tools, guide] = await Promise.all([
    loadPart<{ items: IntegrationRow[] }>(context, companyPath(companyId, "/integrations")),
    loadPart<Integration>(context, companyPath(companyId, `/integrations/${encodeURIComponent(tool)}`)),
  ]);
  return { tool, tools, guide };
}
