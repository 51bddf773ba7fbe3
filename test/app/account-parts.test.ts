import { describe, expect, it } from "vitest";
import { changesOf } from "../../app/components/audit/diff.tsx";
import { placesFor } from "../../app/components/frame/nav.ts";
import { actionWords, auditQuery } from "../../app/lib/audit-filter.ts";
import { deviceOf } from "../../app/lib/device.ts";
import { homeOf, safeNext } from "../../app/lib/safe-next.ts";
import { ROLES } from "../../core/actor.ts";
import { roleMay } from "../../core/permissions.ts";

describe("what a role is shown", () => {
  it.each(ROLES)("%s: no place in the rail that the API would refuse", (role) => {
    for (const { to, needs } of placesFor(role)) expect(roleMay(role, needs), to).toBe(true);
  });

  it("a client is at home in the portal, and the rail holds nothing of the console", () => {
    expect(homeOf("client")).toBe("/portal");
    expect(safeNext(null, homeOf("client"))).toBe("/portal");
    const places = placesFor("client").map(({ to }) => to);
    expect(places).toContain("/portal");
    for (const to of ["/dashboard", "/incidents", "/people", "/audit"]) expect(places).not.toContain(to);
  });

  it("a technician reads about people, but not the audit log", () => {
    const places = placesFor("technician").map(({ to }) => to);
    expect(places).toContain("/people");
    expect(places).not.toContain("/audit");
  });
});

describe("the audit page", () => {
  it("turns its days into the API's times, and drops what is no day", () => {
    const query = auditQuery(
      new URLSearchParams("q= key &from=2026-11-01&to=2026-11-02&action=company.&entry=x"),
    );
    expect(Object.fromEntries(query)).toEqual({
      q: "key",
      action: "company.",
      from: "2026-11-01T00:00:00.000Z",
      to: "2026-11-02T23:59:59.999Z",
    });
    expect(auditQuery(new URLSearchParams("from=yesterday&to=")).toString()).toBe("");
  });

  it("says an action in words", () => {
    expect(actionWords("company.settings_changed")).toBe("Company: settings changed");
    expect(actionWords("msp.created")).toBe("MSP: created");
    expect(actionWords("user.totp_enabled")).toBe("User: two-factor enabled");
  });

  it("shows what changed and leaves out what stayed", () => {
    const before = { role: "technician", company_ids: ["a", "b"], name: "Tom" };
    const after = { role: "client", company_ids: ["a"], name: "Tom" };
    expect(changesOf(before, after)).toEqual([
      { path: "role", before: "technician", after: "client" },
      { path: "company_ids.1", before: "b", after: undefined },
    ]);
    expect(changesOf(null, { enabled: true })).toEqual([
      { path: "enabled", before: undefined, after: "true" },
    ]);
    expect(changesOf(null, null)).toEqual([]);
  });
});

describe("a session's device", () => {
  it.each([
    [
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0",
      "Edge on Windows",
    ],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1 Version/19.0 Mobile Safari/604.1",
      "Safari on iOS",
    ],
    [
      "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36",
      "Chrome on Android",
    ],
    ["Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox on Linux"],
    ["curl/8.9.1", "curl"],
    [null, "Unknown device"],
  ])("%s", (agent, device) => expect(deviceOf(agent)).toBe(device));
});
