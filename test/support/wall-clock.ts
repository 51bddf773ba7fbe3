import { vi } from "vitest";

/** Moves the clock of everything in this isolate, Worker and objects alike, without waiting. */
export function moveClock(): { forward(ms: number): void; restore(): void } {
  let ahead = 0;
  const real = Date.now.bind(Date);
  const spy = vi.spyOn(Date, "now").mockImplementation(() => real() + ahead);
  return {
    forward(ms) {
      ahead += ms;
    },
    restore: () => spy.mockRestore(),
  };
}
