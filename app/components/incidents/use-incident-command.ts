import { useFetcher } from "@remix-run/react";

/** The incident page's own form, shared by its buttons and by what says how it went. */
export function useIncidentCommand(id: string) {
  return useFetcher<{ problem: string | null }>({ key: `incident-${id}` });
}
