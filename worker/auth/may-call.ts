import { fail, ok, type Result } from "../../core/errors.ts";
import { type Action, forbidden, PERMISSIONS, roleMay } from "../../core/permissions.ts";
import type { Session } from "./session.ts";

/** By role, by the token's scope, and by what a session without its second factor may do. */
export function mayCall(session: Session, action: Action): Result<null> {
  const { token, enrolling } = PERMISSIONS[action];
  if (session.token && (token === null || !session.token.scopes.includes(token))) {
    const wants = token === null ? "a signed-in session" : `the scope ${token}`;
    return fail("forbidden", `This needs ${wants}; the token does not have it.`);
  }
  if (session.must_enrol && !enrolling)
    return fail("totp_enrolment_required", "Set up two-factor sign-in first: your role requires it.");
  return roleMay(session.actor.role, action) ? ok(null) : forbidden();
}
