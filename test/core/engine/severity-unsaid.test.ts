import { describe, expect, it } from "vitest";
import { Timeline } from "../../support/timeline.ts";

/** As adapters hand on what came without a severity. */
const unsaid = { severity: "medium", flags: ["no_severity"] } as const;

describe("an alert whose tool says no severity", () => {
  it("is as bad as such a thing usually is, says why, and stays so when it repeats", () => {
    const line = new Timeline();
    const down = { ...unsaid, flags: [...unsaid.flags], signature: "Host down" };
    const { alert } = line.push(0, down);
    line.push(1, down);
    expect(alert).toMatchObject({ severity: "critical", original_severity: "medium", count: 2 });
    expect(line.incident(1).severity).toBe("critical");
    expect(alert?.why.find((why) => why.rule === "severity.vocabulary")?.text).toContain(
      '"Host down" usually is critical',
    );
    expect(alert?.why.some((why) => why.rule === "severity.changed")).toBe(false);
  });

  it("is medium where nothing is known of it", () => {
    const line = new Timeline();
    const { alert } = line.push(0, { ...unsaid, flags: [...unsaid.flags], signature: "Thing 7 is odd" });
    expect(alert?.severity).toBe("medium");
  });

  it("is believed where it does say one", () => {
    const line = new Timeline();
    expect(line.push(0, { severity: "low", signature: "Host down" }).alert?.severity).toBe("low");
  });
});
