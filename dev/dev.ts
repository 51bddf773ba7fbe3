import { createServer } from "node:http";
import * as esbuild from "esbuild";
import { createServer as createVite, type Plugin } from "vite";
import { banner } from "./lib/banner.ts";
import { ensureFirstCompany } from "./lib/first-run.ts";
import { startInstance, whyNotStart } from "./lib/instance.ts";
import { renderPage } from "./lib/page-server.ts";
import { DEV_BUNDLE, dataDir, inRoot } from "./lib/paths.ts";
import { freeLoopbackPort, portFromEnvironment } from "./lib/port.ts";
import { onShutdown, shutDown, stopOnSignals, withoutSignalHandlers } from "./lib/shutdown.ts";
import { watchWorker } from "./lib/watch-worker.ts";
import { staticBundle } from "./lib/worker-bundle.ts";
import { isForWorker, proxyRequest, proxyUpgrade } from "./lib/worker-proxy.ts";

/** In development the server side of pages runs in Node, where packages load as they are. */
const pagesInNode: Plugin = {
  name: "pages-in-node",
  enforce: "post",
  config(config) {
    if (config.ssr) {
      config.ssr.noExternal = undefined;
      config.ssr.target = "node";
      config.ssr.resolve = undefined;
    }
  },
};

/** `npm run dev`: pages by Vite, everything else by the Worker in workerd; both reload on change. */
async function develop(): Promise<void> {
  const host = process.env.HOST ?? "127.0.0.1";
  const port = portFromEnvironment(8787);
  const problem = await whyNotStart(host, port, dataDir());
  if (problem) throw new Error(problem);
  stopOnSignals();
  const origin = `http://${host}:${port}`;
  await esbuild.build(staticBundle());

  let reload: () => Promise<void> = async () => {};
  await watchWorker(() => reload());

  const workerPort = await freeLoopbackPort();
  const { runtime, file } = await startInstance("127.0.0.1", workerPort, dataDir(), DEV_BUNDLE, origin);
  /** Requests wait here while the Worker restarts. */
  let ready: Promise<void> = Promise.resolve();

  const server = createServer((request, response) => {
    const url = request.url ?? "/";
    if (isForWorker(url)) void ready.then(() => proxyRequest(workerPort, request, response));
    else vite.middlewares(request, response, () => void renderPage(vite, origin, request, response));
  });
  server.on("upgrade", (request, socket, head) => {
    if (isForWorker(request.url ?? "")) {
      void ready.then(() => proxyUpgrade(workerPort, request, socket, head));
    }
  });
  const vite = await withoutSignalHandlers(() =>
    createVite({
      root: inRoot(),
      appType: "custom",
      plugins: [pagesInNode],
      // Found one by one, on the first visit of each page, packages would come with a second React.
      optimizeDeps: {
        entries: ["app/entry.client.tsx", "app/root.tsx", "app/routes/**/*.tsx"],
        exclude: ["@remix-run/cloudflare"],
      },
      server: { middlewareMode: true, hmr: { server } },
    }),
  );
  onShutdown(() => vite.close());
  reload = async () => {
    const started = Date.now();
    ready = runtime.reload();
    await ready;
    vite.ws.send({ type: "full-reload" });
    console.log(`Worker reloaded in ${Date.now() - started} ms.`);
  };
  onShutdown(() => void server.close());
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  await ensureFirstCompany(origin, dataDir(), file);
  if (file.company) console.log(banner(origin, file.sign_in, file.company, dataDir()));
}

try {
  await develop();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  await shutDown(1);
}
