import type { SavedModel } from "./model.ts";

/** A stored copy of the model; null where it is none, or of another format: it is learned anew then. */
export function readSaved(text: string): SavedModel | null {
  try {
    const saved = JSON.parse(text) as Partial<SavedModel> | null;
    const whole =
      saved?.format === 1 &&
      saved.background &&
      saved.companions &&
      saved.recovering &&
      saved.book &&
      saved.beginnings;
    return whole ? (saved as SavedModel) : null;
  } catch {
    return null;
  }
}
