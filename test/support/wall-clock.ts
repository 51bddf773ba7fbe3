import { vi } from "vitest";

/** Stops the clock of everything in this isolate, Worker and objects alike; it goes on where a test says so. */
export function moveClock(): { forward(ms: number): void; restore(): void } {
  let now = Date.now();
  const spy = vi.spyOn(Date, "now").mockImplementation(() => now);
  return {
    forward(ms) {
      now += ms;
    },
    restore: () => spy.mockRestore(),
  };
}
