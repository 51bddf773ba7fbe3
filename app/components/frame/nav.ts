import { BellRing, Building2, LayoutDashboard, type LucideIcon, Siren } from "lucide-react";

/** The console's places, in the order of the rail. */
export const NAV: { to: string; label: string; icon: LucideIcon; scoped: boolean }[] = [
  { to: "/dashboard", label: "Overview", icon: LayoutDashboard, scoped: true },
  { to: "/incidents", label: "Incidents", icon: Siren, scoped: true },
  { to: "/alerts", label: "Alerts", icon: BellRing, scoped: true },
  { to: "/companies", label: "Companies", icon: Building2, scoped: false },
];

/** Keeps the company in view while moving between places. */
export function scopedTo(to: string, scoped: boolean, companyId: string | null): string {
  return scoped && companyId ? `${to}?company_id=${encodeURIComponent(companyId)}` : to;
}
