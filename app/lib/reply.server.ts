import type { Submission } from "@conform-to/react";
import type { ApiError } from "./api.server.ts";

/** The API's refusal as the form shows it: field errors beside fields, the rest above. */
export function refuse<T>(submission: Submission<T, string[]>, error: ApiError, hide: string[] = []) {
  const fieldErrors: Record<string, string[]> = {};
  for (const [path, text] of Object.entries(error.fields ?? {})) fieldErrors[path] = [text];
  const named = Object.keys(fieldErrors).length > 0;
  return submission.reply({ fieldErrors, formErrors: named ? [] : [error.detail], hideFields: hide });
}
