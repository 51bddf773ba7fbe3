import { pathToFileURL } from "node:url";
import { inRoot } from "../../dev/lib/paths.ts";

interface BuiltRoute {
  id: string;
  parentId?: string;
  path?: string;
  module: { default?: unknown; loader?: unknown; action?: unknown };
}

export interface PageRoute {
  /** As Remix names it, for a request of one loader alone. */
  id: string;
  /** `/companies/:id/data`; a rest is `*`. */
  path: string;
  /** Otherwise it only leads on to another address. */
  shows: boolean;
  loads: boolean;
  acts: boolean;
}

/** Every page of the built console, as its server's own manifest has them. */
export async function pageRoutes(): Promise<PageRoute[]> {
  const { href } = pathToFileURL(inRoot("build", "server", "index.js"));
  const { routes } = (await import(href)) as { routes: Record<string, BuiltRoute> };
  return Object.values(routes)
    .filter((route) => route.id !== "root")
    .map((route) => {
      const parts: string[] = [];
      for (let at: BuiltRoute | undefined = route; at; at = routes[at.parentId ?? ""])
        if (at.path) parts.unshift(at.path);
      const { default: shows, loader, action } = route.module;
      const has = { shows: Boolean(shows), loads: Boolean(loader), acts: Boolean(action) };
      return { id: route.id, path: `/${parts.join("/")}`, ...has };
    });
}
