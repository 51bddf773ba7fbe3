import { useOutletContext } from "@remix-run/react";
import type { CompanyDetail } from "../../core/company.ts";

/** The company whose page this is, for what stands inside its tabs. */
export function useCompany(): CompanyDetail {
  return useOutletContext<CompanyDetail>();
}
