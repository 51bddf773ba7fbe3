import type { AppLoadContext } from "@remix-run/cloudflare";
import type { Integration, IntegrationRow } from "../../../core/adapters/guide.ts";
import { itemsOf, type Part } from "../../components/overview/part.tsx";
import { companyPath, loadPart } from "../company-loads.server.ts";

/** The tools there are, and how one of them is set up. */
export interface LoadedSetup {
  tool: string;
  tools: Part<{ items: IntegrationRow[] }>;
  guide: Part<Integration>;
}

const FIRST = "alerts";

/** A tool that there is not, out of an old bookmark, gives the first. */
export async function loadSetup(
  context: AppLoadContext,
  companyId: string | undefined,
  wanted: string,
): Promise<LoadedSetup> {
  const path = companyPath(companyId, "/integrations");
  const tools = await loadPart<{ items: IntegrationRow[] }>(context, path);
  const tool = itemsOf(tools).some((row) => row.tool === wanted) ? wanted : FIRST;
  return { tool, tools, guide: await loadPart<Integration>(context, `${path}/${encodeURIComponent(tool)}`) };
}
