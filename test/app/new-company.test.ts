import { describe, expect, it } from "vitest";
import { checkStep, NEW_DRAFT, STEPS, stepOfErrors, wizardFields } from "../../app/lib/new-company.ts";

const draft = (change: Partial<typeof NEW_DRAFT>) => ({ ...NEW_DRAFT, name: "Acme", ...change });

describe("the wizard that adds a company", () => {
  it("lets one go on from every step with what it offers by itself, but for the name", () => {
    expect(checkStep(0, NEW_DRAFT)).toEqual({ name: "Give the company a name" });
    for (const step of STEPS.keys()) expect(checkStep(step, draft({}))).toEqual({});
  });

  it("says which entry of the allowlist is no address, in either family", () => {
    expect(checkStep(1, draft({ ip_allowlist: "192.0.2.0/24, 2001:db8::/32\n\n198.51.100.7" }))).toEqual({});
    expect(checkStep(1, draft({ ip_allowlist: "192.0.2.0/24\n10.0.0.0/33" })).ip_allowlist).toContain(
      "10.0.0.0/33",
    );
  });

  it.each([
    "",
    "0",
    "-5",
    "1.5",
    "many",
    "1000001",
  ])("refuses %j requests a minute", (requests_per_minute) => {
    expect(Object.keys(checkStep(1, draft({ requests_per_minute })))).toEqual(["requests_per_minute"]);
  });

  it("takes a colour as #rrggbb or none", () => {
    expect(checkStep(0, draft({ color: "#0af" }))).toEqual({});
    expect(Object.keys(checkStep(0, draft({ color: "teal" })))).toEqual(["color"]);
  });

  it("leads to the first step that has an error, under the API's names as well", () => {
    expect(stepOfErrors({})).toBeNull();
    expect(stepOfErrors({ window_minutes: "x", burst: "y" })).toBe(1);
    const fields = wizardFields({
      "rate_limit.requests_per_minute": "at most 1000",
      "ip_allowlist.1": "not an address",
      "ip_allowlist.3": "nor that",
    });
    expect(fields).toEqual({
      requests_per_minute: "at most 1000",
      ip_allowlist: "Line 2: not an address. Line 4: nor that.",
    });
    expect(stepOfErrors(fields)).toBe(1);
  });

  it("says which of its windows the API refuses", () => {
    const fields = wizardFields({
      "maintenance_windows.0.starts_at": "choose a time to come",
      "maintenance_windows.2.when.of.0": "not a field",
    });
    expect(fields).toEqual({
      maintenance_windows: "Window 1: choose a time to come. Window 3: not a field.",
    });
    expect(stepOfErrors(fields)).toBe(0);
  });

  it("every field of the draft belongs to one step", () => {
    expect(STEPS.flatMap(({ fields }) => fields).sort()).toEqual(Object.keys(NEW_DRAFT).sort());
  });
});
