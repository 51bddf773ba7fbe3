import { redirect } from "@remix-run/cloudflare";

/** Technicians are listed with everybody else. */
export function loader() {
  return redirect("/people");
}
