import type { Part } from "../../../core/mapping/explain.ts";
import type { AlertSummary } from "./understood-alert.tsx";
import { usePreview } from "./use-preview.ts";

/** What a mapping makes of a body, as the API answers it. */
export interface Preview {
  fits: boolean;
  taken_by: string | null;
  detail: string | null;
  fields: Record<string, string>;
  total: number;
  items: {
    index: number;
    alert: AlertSummary | null;
    dedup_key: string | null;
    fields: Record<string, string>;
    parts: Part[];
  }[];
}

/** Runs what is typed on the body. `id`: the mapping that is changed. */
export const useMappingPreview = (companyId: string, mapping: object, body: string, id?: string) =>
  usePreview<Preview>(
    `/api/companies/${companyId}/mappings/preview`,
    body.trim() ? { mapping, body, id } : null,
  );
