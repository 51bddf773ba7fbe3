import * as z from "zod";

/** A query value of one or several names, comma-separated: `severity=critical,high`. */
export function listOf(names: readonly string[]) {
  return z
    .string()
    .refine((text) => text.split(",").every((name) => names.includes(name)), {
      message: `one or several of ${names.join(", ")}, separated by commas`,
    })
    .describe(`one or several of ${names.join(", ")}, separated by commas`);
}

/** null where nothing was asked for. */
export function asList(text: string | undefined): string[] | null {
  return text === undefined ? null : [...new Set(text.split(","))];
}
