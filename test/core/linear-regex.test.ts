import { describe, expect, test } from "vitest";
import { compileRegex, PATTERN_MAX, TEXT_MAX } from "../../core/linear-regex.ts";

function regex(pattern: string, options = {}) {
  const made = compileRegex(pattern, options);
  if (!made.ok) throw new Error(made.error.detail);
  return made.value;
}
const refused = (pattern: string) => {
  const made = compileRegex(pattern);
  return made.ok ? null : made.error.detail;
};

describe("a customer's regular expression", () => {
  test("finds anywhere, in either case unless told otherwise", () => {
    expect(regex("disk.*full").test("The DISK\nc: is full")).toBe(true);
    expect(regex("disk", { case_sensitive: true }).test("DISK")).toBe(false);
    expect(regex("^web-\\d+$").test("web-17")).toBe(true);
    expect(regex("^web-\\d+$").test("web-17x")).toBe(false);
    expect(regex("straße|größe").test("Die GRÖSSE / GRÖßE")).toBe(true);
  });

  test("answers groups, by number and by name", () => {
    expect(regex("(\\w+)-(\\d+)(x)?").match("on web-17 now")).toEqual(["web-17", "web", "17", null]);
    expect(regex("(?P<host>[a-z]+)\\.(?<zone>[a-z]+)").groups("at db.north")).toEqual({
      host: "db",
      zone: "north",
    });
    expect(regex("nothing").groups("else")).toBeNull();
  });

  test("says what is wrong with a pattern", () => {
    expect(refused("(")).toBe("This is not a valid pattern: missing closing ): `(`.");
    expect(refused("(?=x)")).toBe("Look-ahead and look-behind are not supported.");
    expect(refused("(a)\\1")).toBe("References back to a group are not supported.");
    expect(refused("")).toBe("A pattern is needed.");
    expect(refused("a".repeat(PATTERN_MAX + 1))).toContain("at most 500 characters");
    expect(refused("(x{1,1000}){1,1000}")).toContain("too large");
    expect(refused("(a|b|c){0,900}d")).toContain("too large");
  });

  test("looks at the first 4,096 units of a text", () => {
    expect(regex("end$").test(`${"x".repeat(TEXT_MAX - 3)}end and more`)).toBe(true);
    expect(regex("more").test(`${"x".repeat(TEXT_MAX)}more`)).toBe(false);
  });

  test("stays linear where back-tracking explodes", () => {
    const text = `${"a".repeat(TEXT_MAX - 1)}!`;
    for (const pattern of [
      "(a+)+$",
      "(a|aa)+$",
      "(a*)*b",
      "(.*)*x",
      "^(([a-z])+.)+[A-Z]([a-z])+$",
      "(a?){100}b",
    ]) {
      const began = performance.now();
      regex(pattern, { case_sensitive: true }).match(text);
      regex(pattern, { case_sensitive: true }).test(text);
      expect(performance.now() - began, pattern).toBeLessThan(2000);
    }
  });
});
