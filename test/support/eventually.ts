import { setTimeout as sleep } from "node:timers/promises";

/** Asks again until `check` passes. @throws its last failure when it does not within `ms` */
export async function eventually<T>(check: () => Promise<T>, ms = 15_000, every = 100): Promise<T> {
  const deadline = Date.now() + ms;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(every);
    }
  }
}
