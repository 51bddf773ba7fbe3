import { BellOff } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { Condition } from "../../../core/policy/condition.ts";
import { useViewer } from "../../lib/use-console.ts";
import { Button } from "../ui/button.tsx";

const SilenceDialog = lazy(() => import("./silence-dialog.tsx"));

interface SilenceButtonProps {
  companyId: string;
  from: string;
  asset: string;
  signature: string;
}

/** The same problem on the same asset; what is missing is not asked for. */
function like(asset: string, signature: string): Condition {
  const of: Condition[] = [];
  if (asset) of.push({ op: "equals", field: "asset", value: asset });
  if (signature) of.push({ op: "equals", field: "signature", value: signature });
  return { op: "all", of };
}

/** One click to a silence of what is looked at. */
export function SilenceButton({ companyId, from, asset, signature }: SilenceButtonProps) {
  const { may } = useViewer();
  const [open, setOpen] = useState(false);
  if (!may("noise.silence") || (!asset && !signature)) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <BellOff aria-hidden className="size-4" />
        Silence like this
      </Button>
      {open && (
        <Suspense fallback={null}>
          <SilenceDialog
            companyId={companyId}
            like={like(asset, signature)}
            from={from}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </>
  );
}
