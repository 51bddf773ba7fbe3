import { useActionData, useFetcher } from "@remix-run/react";
import type { CompanyAnswer } from "../../lib/company-actions.server.ts";

/** One of a company page's forms: its fetcher, and its last answer with or without scripts. */
export function useCompanyForm(intent: string) {
  const fetcher = useFetcher<CompanyAnswer>({ key: `company-${intent}` });
  const page = useActionData<CompanyAnswer>();
  const answer = fetcher.data ?? (page?.intent === intent ? page : undefined);
  return { fetcher, answer, busy: fetcher.state !== "idle" };
}
