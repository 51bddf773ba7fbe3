import { describe, expect, it } from "vitest";
import { readable, typeOf } from "../../app/lib/api-document.ts";
import { openApi } from "../../worker/api/openapi.ts";
import { PATHS_BY_HAND } from "../../worker/api/openapi-extra.ts";
import { routes } from "../../worker/api/routes.ts";

describe("the API's document, to be read", () => {
  const document = openApi(routes, PATHS_BY_HAND) as unknown as Parameters<typeof readable>[0];
  const groups = readable(document);
  const calls = groups.flatMap((group) => group.calls);

  it("holds every call once, each under an address of its own", () => {
    const count = Object.values(document.paths).reduce((n, methods) => n + Object.keys(methods).length, 0);
    expect(calls).toHaveLength(count);
    expect(new Set(calls.map((call) => call.id)).size).toBe(count);
  });

  it("names what a call takes and answers", () => {
    const login = calls.find((call) => call.method === "POST" && call.path === "/api/auth/login");
    expect(login?.body).toContainEqual({
      name: "email",
      type: "string",
      required: true,
      about: expect.any(String),
    });
    expect(login?.answers.find(({ status }) => status === "401")?.about).toContain("invalid_credentials");
    const incidents = calls.find((call) => call.method === "GET" && call.path === "/api/incidents");
    expect(incidents?.parameters.map(({ name }) => name)).toContain("status");
    const listed = incidents?.answers.find(({ status }) => status === "200")?.fields;
    expect(listed?.map(({ name, type }) => [name, type])).toEqual([
      ["items", "list of object"],
      ["next_cursor", "string | null"],
    ]);
  });

  it("says a schema in a few words", () => {
    expect(typeOf({ enum: ["a", "b"] })).toBe('"a" | "b"');
    expect(typeOf({ type: "array", items: { type: "integer" } })).toBe("list of integer");
    expect(typeOf(undefined)).toBe("any");
  });
});
