import { useOutletContext } from "@remix-run/react";
import { parseMemberId } from "../../core/ids.ts";
import type { Portal } from "../../core/portal.ts";
import type { PortalLive } from "../live/use-portal-live.ts";

/** What the portal's frame hands to the page inside it. */
export interface PortalContext {
  portal: Portal;
  live: PortalLive;
}

export const usePortal = () => useOutletContext<PortalContext>();

/** `?company_id=` for links, where the reader has several companies. */
export function companySearch({ companies, company }: Portal): string {
  return companies.length > 1 ? `?company_id=${company.id}` : "";
}

/** The company an address asks for: an incident's own, else `?company_id=`; to be asked of the API as well. */
export function portalQuery(
  { url }: Request,
  more: Record<string, string | undefined> = {},
  incidentId?: string,
): string {
  const query = new URLSearchParams();
  const named = incidentId === undefined ? null : parseMemberId(incidentId)?.companyId;
  const company = named ?? new URL(url).searchParams.get("company_id");
  if (company) query.set("company_id", company);
  for (const [name, value] of Object.entries(more)) if (value) query.set(name, value);
  const text = query.toString();
  return text ? `?${text}` : "";
}
