import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { createRequestHandler, type ServerBuild } from "@remix-run/cloudflare";
import type { ViteDevServer } from "vite";
import type { LoadContext } from "../../core/load-context.ts";

/** What loaders get in development: the API over HTTP, with the visitor's own cookies. */
function loadContext(origin: string, request: Request): LoadContext {
  return {
    environment: "local",
    // Vite inlines styles and scripts of its own, so development pages go without a CSP.
    nonce: "",
    api: async (path, init) => {
      const headers = new Headers(init?.headers);
      const cookie = request.headers.get("cookie");
      if (cookie && !headers.has("cookie")) headers.set("cookie", cookie);
      if (!headers.has("origin")) headers.set("origin", origin);
      return await fetch(new URL(path, origin), { redirect: "manual", ...init, headers });
    },
  };
}

function toRequest(origin: string, message: IncomingMessage, url: string): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(message.headers)) {
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined) headers.append(name, one);
  }
  const method = message.method ?? "GET";
  if (method === "GET" || method === "HEAD") return new Request(new URL(url, origin), { method, headers });
  const body = Readable.toWeb(message) as unknown as ReadableStream;
  const init: RequestInit & { duplex: "half" } = { method, headers, body, duplex: "half" };
  return new Request(new URL(url, origin), init);
}

function send(response: Response, to: ServerResponse): void {
  to.statusCode = response.status;
  for (const [name, value] of response.headers) if (name !== "set-cookie") to.setHeader(name, value);
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) to.setHeader("set-cookie", cookies);
  if (!response.body) {
    to.end();
    return;
  }
  const body = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]);
  body.on("error", () => to.destroy());
  body.pipe(to);
}

/** Renders a page through Vite, always from the newest source. */
export async function renderPage(
  vite: ViteDevServer,
  origin: string,
  message: IncomingMessage & { originalUrl?: string },
  to: ServerResponse,
): Promise<void> {
  try {
    const build = (await vite.ssrLoadModule("virtual:remix/server-build")) as unknown as ServerBuild;
    const request = toRequest(origin, message, message.originalUrl ?? message.url ?? "/");
    const handler = createRequestHandler(build, "development");
    send(await handler(request, { ...loadContext(origin, request) }), to);
  } catch (error) {
    if (error instanceof Error) vite.ssrFixStacktrace(error);
    console.error(error);
    if (!to.headersSent) to.writeHead(500, { "content-type": "text/plain" });
    to.end(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}
