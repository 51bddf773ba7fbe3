import { meSchema } from "../../../core/company.ts";
import { ok } from "../../../core/errors.ts";
import { toMe } from "../../auth/session.ts";
import { route as define } from "../route.ts";

export const route = define({
  method: "GET",
  path: "/api/me",
  summary: "Who is signed in",
  access: "own.read",
  success: { status: 200, description: "the person, their MSP and session", schema: meSchema },
  async handler({ session }) {
    return ok(toMe(session));
  },
});
