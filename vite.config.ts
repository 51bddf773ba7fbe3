import { vitePlugin as remix } from "@remix-run/dev";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig, type Plugin } from "vite";
import { notificationScripts } from "./dev/lib/notification-scripts.ts";

/** sonner adds a style element without a nonce when it loads; its CSS is imported as a file instead. */
function sonnerWithoutStyleElement(): Plugin {
  return {
    name: "sonner-without-style-element",
    enforce: "pre",
    transform(code, id) {
      if (!/[\\/]sonner[\\/]dist[\\/]index\.mjs/.test(id)) return null;
      const stripped = code.replace(/^__insertCSS\(".*"\);?$/m, "");
      if (stripped === code) this.error("sonner no longer inserts its CSS the way this plugin removes");
      return { code: stripped, map: null };
    },
  };
}

export default defineConfig({
  plugins: [
    sonnerWithoutStyleElement(),
    remix({
      future: {
        v3_fetcherPersist: true,
        v3_relativeSplatPath: true,
        v3_throwAbortReason: true,
        v3_singleFetch: true,
        v3_lazyRouteDiscovery: true,
        v3_routeConfig: true,
      },
    }),
    tailwindcss(),
    notificationScripts(),
  ],
  // The server bundle runs in workerd: nothing of it may be resolved for Node.
  ssr: { target: "webworker", noExternal: true, resolve: { conditions: ["workerd", "worker", "browser"] } },
  resolve: { mainFields: ["browser", "module", "main"] },
  build: { target: "es2022", assetsInlineLimit: 0, chunkSizeWarningLimit: 700 },
});
