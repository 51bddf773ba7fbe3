import { lazy, Suspense, useSyncExternalStore } from "react";
import { stepUp } from "../../lib/step-up.ts";

// Seldom needed, so no page pays for it at first.
const StepUpDialog = lazy(() => import("./step-up-dialog.tsx"));

/** Opens the question who it is, where an answer of the API asked for it. */
export function StepUp() {
  const waiting = useSyncExternalStore(stepUp.subscribe, stepUp.waiting, () => null);
  if (!waiting) return null;
  return (
    <Suspense fallback={null}>
      <StepUpDialog retry={waiting} />
    </Suspense>
  );
}
