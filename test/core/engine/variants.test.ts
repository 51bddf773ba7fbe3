import { describe, expect, it } from "vitest";
import { Timeline } from "../../support/timeline.ts";

/** Two rules of one name: a warning that fired first, and a critical that came on top. */
const warning = { severity: "medium", variant: "warning" } as const;
const critical = { severity: "critical", variant: "critical" } as const;

describe("one alert that its source fires at two severities", () => {
  it("is as severe as the worst that fires, whatever repeats last", () => {
    const line = new Timeline();
    line.push(0, warning);
    const { alert } = line.push(5, critical);
    line.push(6, warning);
    expect(alert).toMatchObject({ severity: "critical", count: 3, status: "firing" });
    expect(line.incident(1)).toMatchObject({ severity: "critical", distinct: 1 });
  });

  it("goes on firing when one of the two recovers, and the other's old repeats still count", () => {
    const line = new Timeline();
    const { alert } = line.push(0, { ...warning, event_time: line.zero });
    line.push(5, critical);
    expect(line.recover(9, critical).outcome).toBe("recorded");
    expect(alert).toMatchObject({ status: "firing", severity: "medium" });
    expect(alert?.why.at(-1)?.rule).toBe("recovery.in_part");
    // Prometheus repeats the warning with the time it began, long before the critical's end.
    expect(line.push(10, { ...warning, event_time: line.zero }).outcome).toBe("repeated");
    line.advance(30);
    expect(line.incident(1).status).toBe("new");
  });

  it("is over when the last of the two is", () => {
    const line = new Timeline();
    line.push(0, warning);
    line.push(5, critical);
    line.recover(9, warning);
    expect(line.recover(10, critical).outcome).toBe("resolved");
    line.advance(14);
    expect(line.incident(1).status).toBe("resolved");
  });

  it("takes no end from a severity that is not known to fire", () => {
    const line = new Timeline();
    const { alert } = line.push(0, critical);
    expect(line.recover(1, warning).outcome).toBe("recorded");
    expect(alert?.status).toBe("firing");
  });
});

describe("a person who reopens during the quiet period", () => {
  it("is not overruled when that period would have ended", () => {
    const line = new Timeline();
    line.push(0);
    line.act(1, 1, { type: "resolve", notes: "" });
    line.recover(2);
    line.act(3, 1, { type: "reopen", reason: "not yet" });
    line.advance(30);
    expect(line.incident(1).status).toBe("new");
  });

  it("nor when the recovery came first", () => {
    const line = new Timeline();
    line.push(0);
    line.recover(1);
    line.act(2, 1, { type: "resolve", notes: "" });
    line.act(3, 1, { type: "reopen", reason: "not yet" });
    line.advance(30);
    expect(line.incident(1).status).toBe("new");
  });
});
