import type { AppLoadContext, EntryContext } from "@remix-run/cloudflare";
import { RemixServer } from "@remix-run/react";
import { isbot } from "isbot";
import { renderToReadableStream } from "react-dom/server.browser";
import { NonceContext } from "./lib/nonce.tsx";

export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  loadContext: AppLoadContext,
): Promise<Response> {
  const { nonce } = loadContext;
  let answerStatus = status;
  const body = await renderToReadableStream(
    <NonceContext.Provider value={nonce}>
      <RemixServer context={remixContext} url={request.url} nonce={nonce} />
    </NonceContext.Provider>,
    {
      nonce,
      signal: request.signal,
      onError() {
        answerStatus = 500;
      },
    },
  );
  if (isbot(request.headers.get("user-agent") ?? "")) await body.allReady;
  headers.set("content-type", "text/html; charset=utf-8");
  // Pages hold a tenant's data: no shared cache may keep them.
  if (!headers.has("cache-control")) headers.set("cache-control", "private, no-store");
  return new Response(body, { headers, status: answerStatus });
}

/** A visitor who leaves early is no error; the Worker logs what is. */
export function handleError(error: unknown, { request }: { request: Request }): void {
  if (request.signal.aborted) return;
  const name = error instanceof Error ? error.name : "unknown";
  // biome-ignore lint/suspicious/noConsole: the one line operators get when a page fails to render
  console.error(JSON.stringify({ event: "page_error", path: new URL(request.url).pathname, name }));
}
