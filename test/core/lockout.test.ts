import { describe, expect, it } from "vitest";
import { lockMs } from "../../core/lockout.ts";

describe("a lock", () => {
  it("comes with the fifth failure and doubles up to an hour", () => {
    const minutes = Array.from({ length: 15 }, (_, failures) => lockMs(failures) / 60_000);
    expect(minutes).toEqual([0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60]);
    expect(lockMs(100_000)).toBe(3_600_000);
  });
});
