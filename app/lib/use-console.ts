import { useRouteLoaderData, useSearchParams } from "@remix-run/react";
import type { Role } from "../../core/actor.ts";
import type { Me } from "../../core/company.ts";
import { type Action, roleMay } from "../../core/permissions.ts";

/** What every page of the console knows. */
export interface ConsoleData {
  me: Me;
  companies: { id: string; name: string }[];
  /** False when the lists cannot be read right now: then no company is known, which does not mean none. */
  companiesKnown: boolean;
  /** The server's clock when the page was made, epoch ms. */
  now: number;
  /** Whether the request looked like a phone's, until the browser can say. */
  phone: boolean;
}

export const CONSOLE_ROUTE = "routes/_console";

export function useConsole(): ConsoleData {
  const data = useRouteLoaderData<ConsoleData>(CONSOLE_ROUTE);
  if (!data) throw new Error("useConsole is for pages inside the console");
  return data;
}

/** Who looks, and what their role lets the page show; the API decides anyway. */
export function useViewer(): { role: Role; may(action: Action): boolean } {
  const { me } = useConsole();
  const { role } = me.user;
  return { role, may: (action) => roleMay(role, action) };
}

/** Company id -> name; an id nobody named yet stands for itself. */
export function useCompanyName(): (id: string) => string {
  const { companies } = useConsole();
  return (id) => companies.find((company) => company.id === id)?.name ?? id;
}

/** The company the console is narrowed to, or null for all. */
export function useScope(): string | null {
  const [params] = useSearchParams();
  return params.get("company_id");
}
