import { isField, reader, type Subject } from "./fields.ts";

const PLACEHOLDER = /\{([^{}]{1,110})\}/g;
const LONGEST = 200;

/** The first placeholder of a template that is no field, or null. */
export function unknownPlaceholder(template: string): string | null {
  for (const [, name = ""] of template.matchAll(PLACEHOLDER)) if (!isField(name)) return name;
  return null;
}

/** A template as one function; a field that an alert does not have leaves nothing behind. */
export function compileTitle(template: string): (alert: Subject) => string {
  const parts = template
    .split(PLACEHOLDER)
    .map((part, i) => (i % 2 === 1 && isField(part) ? reader(part) : part));
  return (alert) =>
    parts
      .map((part) => (typeof part === "string" ? part : part(alert)))
      .join("")
      .replace(/\s+/g, " ")
      .trim()
      .slice(0, LONGEST);
}
