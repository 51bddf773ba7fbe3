import { type ActionFunctionArgs, redirect } from "@remix-run/cloudflare";
import { callApi } from "../lib/api.server.ts";
import { forwardCookies } from "../lib/forward-cookies.server.ts";

export async function action({ context }: ActionFunctionArgs) {
  const answer = await callApi<null>(context, "POST", "/api/auth/logout");
  return redirect("/login", { headers: forwardCookies(answer.headers) });
}

export function loader() {
  return redirect("/dashboard");
}
