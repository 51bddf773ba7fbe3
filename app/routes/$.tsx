import { data } from "@remix-run/cloudflare";

/** Whatever no page answers to. */
export function loader(): never {
  throw data(null, { status: 404 });
}

export default function NotFound() {
  return null;
}
