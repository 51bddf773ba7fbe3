import {
  AppWindow,
  BellRing,
  Building2,
  CircleHelp,
  LayoutDashboard,
  type LucideIcon,
  ScrollText,
  Server,
  Siren,
  Users,
  Workflow,
} from "lucide-react";
import type { Role } from "../../../core/actor.ts";
import { type Action, roleMay } from "../../../core/permissions.ts";

export interface Place {
  to: string;
  label: string;
  icon: LucideIcon;
  /** Keeps the company in view. */
  scoped: boolean;
  /** What a role must be allowed to do to see it. */
  needs: Action;
}

/** The console's places, in the order of the rail; the first four have their place on a phone's bar. */
export const NAV: readonly Place[] = [
  { to: "/dashboard", label: "Overview", icon: LayoutDashboard, scoped: true, needs: "kpis.read" },
  { to: "/incidents", label: "Incidents", icon: Siren, scoped: true, needs: "incidents.read" },
  { to: "/alerts", label: "Alerts", icon: BellRing, scoped: true, needs: "alerts.read" },
  { to: "/assets", label: "Assets", icon: Server, scoped: true, needs: "assets.read" },
  { to: "/companies", label: "Companies", icon: Building2, scoped: false, needs: "company.list" },
  { to: "/correlation", label: "Correlation", icon: Workflow, scoped: false, needs: "msp.read" },
  { to: "/people", label: "People", icon: Users, scoped: false, needs: "people.read" },
  { to: "/audit", label: "Audit", icon: ScrollText, scoped: false, needs: "audit.read" },
  { to: "/portal", label: "Portal", icon: AppWindow, scoped: false, needs: "portal.read" },
  { to: "/help", label: "Help", icon: CircleHelp, scoped: false, needs: "own.read" },
];

/** What of it this role is shown. */
export function placesFor(role: Role): readonly Place[] {
  return NAV.filter(({ needs }) => roleMay(role, needs));
}

/** Keeps the company in view while moving between places. */
export function scopedTo(to: string, scoped: boolean, companyId: string | null): string {
  return scoped && companyId ? `${to}?company_id=${encodeURIComponent(companyId)}` : to;
}
