import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { loadSetup } from "../lib/setup/load.server.ts";

/** What the picker asks for when another tool is chosen; guides are long, so pages bring one at a time. */
export function loader({ context, params }: LoaderFunctionArgs) {
  return loadSetup(context, params.id, params.tool ?? "");
}
