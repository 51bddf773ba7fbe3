import { ErrorPage } from "./error-page.tsx";

/** A page's own failure inside the frame: the rail and the live dot stay. */
export function PageErrorBoundary() {
  return (
    <div className="p-4">
      <ErrorPage />
    </div>
  );
}
