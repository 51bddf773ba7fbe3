/**
 * Stands in for Workers Assets on one machine: a Worker over a read-only disk service. It runs inside workerd,
 * so a static file costs no trip through Node, and the disk service itself refuses to leave its folder.
 */
const TYPES: Record<string, string> = {
  cfg: "text/plain; charset=utf-8",
  conf: "text/plain; charset=utf-8",
  css: "text/css; charset=utf-8",
  gif: "image/gif",
  html: "text/html; charset=utf-8",
  ico: "image/x-icon",
  jpg: "image/jpeg",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  map: "application/json",
  mjs: "text/javascript; charset=utf-8",
  png: "image/png",
  sh: "text/plain; charset=utf-8",
  svg: "image/svg+xml",
  txt: "text/plain; charset=utf-8",
  webmanifest: "application/manifest+json",
  webp: "image/webp",
  woff: "font/woff",
  woff2: "font/woff2",
  xml: "application/xml",
  yaml: "text/plain; charset=utf-8",
};

interface StaticEnv {
  DISK: { fetch(url: string): Promise<Response> };
}

const notFound = (): Response => new Response("Not found\n", { status: 404 });

export default {
  async fetch(request: Request, env: StaticEnv): Promise<Response> {
    if (request.method !== "GET" && request.method !== "HEAD") return notFound();
    const { pathname } = new URL(request.url);
    const name = pathname.slice(pathname.lastIndexOf("/") + 1);
    const type = TYPES[name.slice(name.lastIndexOf(".") + 1).toLowerCase()];
    // Without an extension it may be a folder, of which the disk service would hand out the listing.
    if (!type || !name.includes(".") || name.startsWith(".")) return notFound();
    const file = await env.DISK.fetch(`http://disk${pathname}`);
    if (!file.ok) return notFound();
    const headers = new Headers({
      "content-type": type,
      "x-content-type-options": "nosniff",
      "cache-control": pathname.startsWith("/assets/")
        ? "public, max-age=31536000, immutable"
        : "public, max-age=0, must-revalidate",
    });
    const length = file.headers.get("content-length");
    if (length) headers.set("content-length", length);
    return new Response(request.method === "HEAD" ? null : file.body, { headers });
  },
};
