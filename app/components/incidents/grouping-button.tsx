import { Combine } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { IncidentDetail } from "../../../core/incident.ts";
import { Button } from "../ui/button.tsx";

const GroupingDialog = lazy(() => import("./grouping-dialog.tsx"));

export function GroupingButton({ incident, onChanged }: { incident: IncidentDetail; onChanged(): void }) {
  const [shown, setShown] = useState(false);
  return (
    <>
      <Button onClick={() => setShown(true)}>
        <Combine aria-hidden className="size-4" />
        Grouping
      </Button>
      {shown && (
        <Suspense fallback={null}>
          <GroupingDialog incident={incident} onClose={() => setShown(false)} onChanged={onChanged} />
        </Suspense>
      )}
    </>
  );
}
