import {
  Box,
  CheckCircle2,
  Cloud,
  Container,
  Database,
  Globe,
  type LucideIcon,
  Monitor,
  Network,
  Server,
} from "lucide-react";
import type { AssetSource, AssetType, Environment } from "../../../core/asset.ts";
import type { Health } from "../../../core/asset-schema.ts";
import { cx } from "../../lib/cx.ts";
import { SeverityMark } from "../ui/severity.tsx";

export const TYPE: Record<AssetType, { word: string; icon: LucideIcon }> = {
  server: { word: "Server", icon: Server },
  vm: { word: "Virtual machine", icon: Monitor },
  container: { word: "Container", icon: Container },
  database: { word: "Database", icon: Database },
  network: { word: "Network device", icon: Network },
  website: { word: "Website", icon: Globe },
  cloud: { word: "Cloud resource", icon: Cloud },
  other: { word: "Other", icon: Box },
};

export const ENVIRONMENT: Record<Environment, string> = {
  production: "Production",
  staging: "Staging",
  development: "Development",
  test: "Test",
  other: "Other",
};

export const SOURCE: Record<AssetSource, string> = {
  discovered: "Discovered from alerts",
  manual: "Added by hand",
  csv: "Imported from CSV",
};

export function TypeIcon({ type, className }: { type: AssetType; className?: string }) {
  const { icon: Icon } = TYPE[type];
  return <Icon aria-hidden className={cx("size-4 shrink-0 text-faint", className)} />;
}

/** Worst severity that fires now, or that nothing does; icon and word. */
export function HealthMark({ health, className }: { health: Health; className?: string }) {
  if (health !== "ok") return <SeverityMark severity={health} className={className} />;
  return (
    <span className={cx("inline-flex items-center gap-1.5 text-xs font-medium text-ok", className)}>
      <CheckCircle2 aria-hidden className="size-3.5 shrink-0" strokeWidth={2.25} />
      OK
    </span>
  );
}
