import { useOutletContext } from "@remix-run/react";
import type { Portal } from "../../core/portal.ts";
import type { PortalLive } from "../live/use-portal-live.ts";

/** What the portal's frame hands to the page inside it. */
export interface PortalContext {
  portal: Portal;
  live: PortalLive;
}

export const usePortal = () => useOutletContext<PortalContext>();

/** `?company_id=` of an address, to be asked of the API as well. */
export function portalQuery(request: Request, more: Record<string, string | undefined> = {}): string {
  const { searchParams } = new URL(request.url);
  const query = new URLSearchParams();
  const company = searchParams.get("company_id");
  if (company) query.set("company_id", company);
  for (const [name, value] of Object.entries(more)) if (value) query.set(name, value);
  const text = query.toString();
  return text ? `?${text}` : "";
}
