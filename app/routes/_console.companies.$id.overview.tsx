import { type LoaderFunctionArgs, redirect } from "@remix-run/cloudflare";

/** The overview is the company's own address. */
export function loader({ params }: LoaderFunctionArgs) {
  return redirect(`/companies/${encodeURIComponent(params.id ?? "")}`);
}
