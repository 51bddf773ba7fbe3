import { Star } from "lucide-react";
import { cx } from "../../lib/cx.ts";
import { useViewer } from "../../lib/use-console.ts";
import { CommandButton } from "../ui/command-button.tsx";

/** Whether incidents on it weigh more; a button for those who may change it. */
export function CriticalStar({ asset }: { asset: { id: string; name: string; critical: boolean } }) {
  const { may } = useViewer();
  const { id, name, critical } = asset;
  const icon = (
    <Star aria-hidden className={cx("size-4", critical ? "fill-current text-accent" : "text-faint")} />
  );
  if (!may("assets.write"))
    return critical ? (
      <span title="Critical: incidents on it score 20 more">
        {icon}
        <span className="sr-only">Critical</span>
      </span>
    ) : null;
  return (
    <CommandButton
      intent="asset-critical"
      fields={{ id, critical: critical ? "no" : "yes" }}
      done={critical ? `${name} is no longer critical` : `${name} is critical now`}
      look="quiet"
      size="icon"
      aria-label={critical ? `${name} is critical; take the mark off` : `Mark ${name} as critical`}
      className="max-sm:min-h-8"
    >
      {icon}
    </CommandButton>
  );
}
