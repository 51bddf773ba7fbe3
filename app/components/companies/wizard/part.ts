import type { Draft, DraftErrors } from "../../../lib/new-company.ts";
import type { FieldMeta } from "../../ui/field.tsx";

/** What each step of the wizard is given. */
export interface StepProps {
  draft: Draft;
  errors: DraftErrors;
  set<F extends keyof Draft>(field: F, value: Draft[F]): void;
}

/** A field of the draft as the form's parts want it described. */
export function metaOf(field: keyof Draft, errors: DraftErrors): FieldMeta {
  const id = `new-company-${field}`;
  const wrong = errors[field];
  return {
    id,
    name: field,
    errorId: `${id}-error`,
    descriptionId: `${id}-hint`,
    ...(wrong && { errors: [wrong] }),
  };
}
