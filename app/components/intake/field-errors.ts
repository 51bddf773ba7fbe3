import type { FieldMeta } from "../ui/field.tsx";

/** The API's field errors: path -> what is wrong. */
export type Errors = Record<string, unknown>;

/** All that is wrong at `path` and beneath it. */
export function errorsUnder(errors: Errors, path: string): string[] {
  return Object.entries(errors).flatMap(([at, text]) =>
    at === path || at.startsWith(`${path}.`) ? (Array.isArray(text) ? text.map(String) : [String(text)]) : [],
  );
}

/** A field's meta with all that is wrong at its path. */
export function metaUnder(id: string, errors: Errors, path = id): FieldMeta {
  const found = errorsUnder(errors, path);
  return {
    id: `intake-${id}`,
    name: id,
    errors: found.length > 0 ? found : undefined,
    errorId: `intake-${id}-error`,
    descriptionId: `intake-${id}-hint`,
  };
}
