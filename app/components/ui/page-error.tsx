import { useRevalidator } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { useLive } from "../../live/use-live.ts";
import { ErrorPage } from "./error-page.tsx";

/** A line that was cut and came back: what failed for want of it is tried again by itself. */
function useRetryWhenLive(): void {
  const { status } = useLive();
  const { revalidate } = useRevalidator();
  const down = useRef(false);
  useEffect(() => {
    if (status === "live" && down.current) revalidate();
    down.current = status !== "live";
  }, [status, revalidate]);
}

/** A page's own failure inside the frame: the rail and the live dot stay. */
export function PageErrorBoundary() {
  useRetryWhenLive();
  return (
    <div className="p-4">
      <ErrorPage />
    </div>
  );
}
