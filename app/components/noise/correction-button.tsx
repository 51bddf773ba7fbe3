import { Tags } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useViewer } from "../../lib/use-console.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";

const CorrectionForm = lazy(async () => ({
  default: (await import("./correction-form.tsx")).CorrectionForm,
}));

/** From an alert that is classified wrongly to how its like are treated from now on. */
export function CorrectionButton({ companyId, signature }: { companyId: string; signature: string }) {
  const { may } = useViewer();
  const [open, setOpen] = useState(false);
  if (!may("noise.silence") || !signature) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Tags aria-hidden className="size-4" />
        Correct its kind
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title="Always treat a signature as">
        <Suspense fallback={null}>
          <CorrectionForm
            known={signature}
            action={`/companies/${companyId}/noise`}
            onDone={() => setOpen(false)}
          />
        </Suspense>
      </Dialog>
    </>
  );
}
