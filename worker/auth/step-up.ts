import { fail, ok, type Result } from "../../core/errors.ts";
import type { Session } from "./session.ts";

/** How long a newly given proof counts. */
export const STEPPED_UP_MS = 10 * 60_000;

/**
 * For what cannot be undone: fails with step_up_required unless a second factor, or by POST /api/me/step-up
 * a code or password, was given in the last ten minutes.
 */
export function requireStepUp(session: Session, now: number = Date.now()): Result<null> {
  if (session.stepped_up_until !== null && session.stepped_up_until > now) return ok(null);
  return fail(
    "step_up_required",
    session.totp_enabled
      ? "Confirm with a code of your authenticator app first, then do it again."
      : "Confirm with your password first, then do it again.",
  );
}
