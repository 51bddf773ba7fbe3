import { watch } from "node:fs";
import * as esbuild from "esbuild";
import { inRoot } from "./paths.ts";
import { onShutdown } from "./shutdown.ts";
import { workerDevBundle } from "./worker-bundle.ts";

const FOLDERS = ["worker", "durable-objects", "core"];
/** Editors write a file in several steps. */
const SETTLE_MS = 40;

/**
 * Builds the Worker, then again on every change of its sources (esbuild's own watcher looks only every other
 * second). `onRebuilt` runs after each good build but the first. @throws when the first one fails
 */
export async function watchWorker(onRebuilt: () => Promise<void>): Promise<void> {
  const context = await esbuild.context(workerDevBundle());
  onShutdown(() => context.dispose());
  await context.rebuild();

  let timer: NodeJS.Timeout | null = null;
  let building = false;
  const rebuild = async (): Promise<void> => {
    if (building) return later();
    building = true;
    try {
      await context.rebuild();
      await onRebuilt();
    } catch {
      // esbuild has said what is wrong; the Worker of before goes on.
    } finally {
      building = false;
    }
  };
  const later = (): void => {
    if (timer) clearTimeout(timer);
    timer = setTimeout(() => void rebuild(), SETTLE_MS);
  };
  for (const folder of FOLDERS) {
    const watcher = watch(inRoot(folder), { recursive: true }, later);
    onShutdown(() => watcher.close());
  }
}
