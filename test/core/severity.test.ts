import { describe, expect, it } from "vitest";
import { readSeverity, SEVERITIES, severityRank, worse } from "../../core/severity.ts";

describe("what tools call a severity", () => {
  it.each([
    [
      "critical",
      ["critical", "CRITICAL", " crit ", "fatal", "emergency", "Disaster", "P1", "p-1", "Sev0", "SEV 1"],
    ],
    ["high", ["high", "major", "Error", "ERR", "severe", "P2", "sev-2"]],
    ["medium", ["medium", "warning", "WARN", "average", "moderate", "minor", "P3", "Sev3"]],
    ["low", ["low", "info", "informational", "notice", "debug", "none", "ok", "normal", "P4", "P5", "Sev4"]],
  ])("%s", (severity, words) => {
    for (const word of words) expect(readSeverity(word), word).toEqual({ severity, known: true });
  });

  it("takes an unknown word as medium and says that it was not known", () => {
    const strange = [
      "",
      "page",
      "🔥",
      "sev9",
      "criticalish",
      "__proto__",
      "constructor",
      "toString",
      "hasOwnProperty",
    ];
    for (const word of strange)
      expect(readSeverity(word), word).toEqual({ severity: "medium", known: false });
  });
});

it("orders severities, worst first", () => {
  const ranks = SEVERITIES.map(severityRank);
  expect(ranks).toEqual([...ranks].sort((a, b) => b - a));
  expect(worse("low", "critical")).toBe("critical");
  expect(worse("high", "medium")).toBe("high");
});
