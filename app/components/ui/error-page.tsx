import { isRouteErrorResponse, Link, useRevalidator, useRouteError } from "@remix-run/react";
import { CloudOff, Lock, SearchX } from "lucide-react";
import { Button } from "./button.tsx";
import { Empty } from "./empty.tsx";

function detailOf(error: unknown): string | null {
  if (!isRouteErrorResponse(error)) return null;
  const data: unknown = error.data;
  return typeof data === "object" && data && "detail" in data ? String(data.detail) : null;
}

/** The state of a page that could not be shown: not found, not allowed, or failed with a way to retry. */
export function ErrorPage() {
  const error = useRouteError();
  const { revalidate, state } = useRevalidator();
  const status = isRouteErrorResponse(error) ? error.status : 500;
  const home = (
    <Button asChild>
      <Link to="/dashboard">Go to the overview</Link>
    </Button>
  );
  if (status === 404) {
    return (
      <Empty heading icon={SearchX} title="Nothing is here" action={home}>
        This address does not exist, or what it showed is not yours to see.
      </Empty>
    );
  }
  if (status === 403) {
    return (
      <Empty heading icon={Lock} title="You have no permission for this" action={home}>
        {detailOf(error) ?? "Ask an administrator of your organisation for access."}
      </Empty>
    );
  }
  return (
    <Empty
      heading
      icon={CloudOff}
      title="This page could not be loaded"
      action={
        <Button look="primary" onClick={revalidate} disabled={state === "loading"}>
          {state === "loading" ? "Trying again" : "Try again"}
        </Button>
      }
    >
      {detailOf(error) ??
        "Something failed on our side. Alerts are still being taken in; try again in a moment."}
    </Empty>
  );
}
