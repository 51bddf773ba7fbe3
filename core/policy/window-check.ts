import { fail, ok, type Result } from "../errors.ts";
import { compileCondition } from "./compile.ts";
import type { MaintenanceWindow, WindowInput } from "./maintenance.ts";
import { compileRecurrence } from "./recurrence.ts";

/** A window as it is kept from `now` on, epoch ms; nothing before counts. */
export function newWindow(id: string, input: WindowInput, by: string, now: number): MaintenanceWindow {
  return { ...input, id, created_at: now, created_by: by, not_before: now, handled_until: now };
}

/** Whether it can be judged at all; the error names the field. */
export function checkWindow(window: WindowInput): Result<null> {
  const condition = compileCondition(window.when);
  if (!condition.ok) return condition;
  const times = compileRecurrence(window);
  return times.ok ? ok(null) : times;
}

/** The same of one that is to be planned: it must not be over already. `now` in epoch ms. */
export function checkNewWindow(window: WindowInput, now: number): Result<null> {
  const fine = checkWindow(window);
  if (!fine.ok || !window.enabled) return fine;
  const times = compileRecurrence(window);
  if (times.ok && times.value(now, 1).length > 0) return ok(null);
  return fail("validation_failed", "This window is over already.", {
    fields: { starts_at: "choose a time to come" },
  });
}

/** Several at once; fields are named as `maintenance_windows.1.rrule`. */
export function checkNewWindows(windows: readonly WindowInput[], now: number): Result<null> {
  const fields: Record<string, string> = {};
  for (const [i, window] of windows.entries()) {
    const fine = checkNewWindow(window, now);
    if (fine.ok) continue;
    const { detail, fields: wrong = { when: detail } } = fine.error;
    for (const [name, text] of Object.entries(wrong)) fields[`maintenance_windows.${i}.${name}`] = text;
  }
  if (Object.keys(fields).length === 0) return ok(null);
  return fail("validation_failed", "Some maintenance windows are not right; `fields` says which and why.", {
    fields,
  });
}
