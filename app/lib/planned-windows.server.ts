import * as z from "zod";
import { windowInput } from "../../core/policy/maintenance.ts";
import { checkNewWindow } from "../../core/policy/window-check.ts";
import type { FormAnswer } from "./intents.server.ts";

const made = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue("This form was not sent as a whole.");
    return z.NEVER;
  }
});

/** What the wizard's scripts have gathered; the API says what is wrong with it. */
export const plannedWindows = made.pipe(z.array(z.unknown())).default([]);

/** Judges one window before there is a company that it could belong to. `now` in epoch ms. */
export function checkPlanned(form: FormData, now: number): FormAnswer {
  const intent = "check-window";
  const refused = (wrong: [path: string, said: string][], problem: string): FormAnswer => ({
    intent,
    ok: false,
    result: { error: Object.fromEntries(wrong.map(([path, said]) => [path, [said]])) },
    problem,
  });
  const sent = made.pipe(windowInput).safeParse(form.get("made"));
  if (!sent.success)
    return refused(
      sent.error.issues.map(({ path, message }) => [path.join("."), message]),
      "Some fields are not right.",
    );
  const fine = checkNewWindow(sent.data, now);
  if (fine.ok) return { intent, ok: true };
  return refused(Object.entries(fine.error.fields ?? {}), fine.error.detail);
}
