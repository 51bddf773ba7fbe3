import type { FieldMeta } from "../ui/field.tsx";

/** What of a form its nested fields need. */
export interface FormErrors {
  id: string;
  allErrors: Record<string, string[]>;
}

/** The field `name` of a form, `targets.high.response_minutes` for instance, with what is wrong with it. */
export function metaAt(form: FormErrors, name: string): FieldMeta {
  const id = `${form.id}-${name.replace(/[^\w]+/g, "-")}`;
  return {
    id,
    name,
    errorId: `${id}-error`,
    descriptionId: `${id}-hint`,
    errors: form.allErrors[name],
  };
}
