import { describe, expect, it } from "vitest";
import { emailSchema, passwordProblem } from "../../core/account.ts";

const OWN = ["Ada Lovelace", "Northwind Care GmbH", "ada.l1815"];

describe("a new password", () => {
  it("may be anything long that is not easily guessed", () => {
    for (const good of ["correct horse", "Tr0ub4dor&3", "пароль-секрет", "x9$kQ2!p", "pw-3f2a9c1e"])
      expect(passwordProblem(good, OWN), good).toBeNull();
  });

  it("holds none of the person's own words, whatever the case", () => {
    for (const own of ["lovelace1", "my-NORTHWIND-9", "xADA.L1815x", "Ada Lovelace"])
      expect(passwordProblem(own, OWN), own).toContain("own name");
    // Three letters are no name: they occur in good passwords by chance.
    expect(passwordProblem("adamant quartz", OWN)).toBeNull();
  });

  it("is not among the first to be tried", () => {
    for (const weak of ["password", "Password1!", "welcome2026", "qwerty123", "1029384756", "admin-123"])
      expect(passwordProblem(weak, []), weak).not.toBeNull();
    for (const dull of ["aaaaaaaa", "abababab", "abcdefgh", "87654321", "12345678"])
      expect(passwordProblem(dull, []), dull).toContain("different characters");
  });
});

describe("an address", () => {
  it("is trimmed and lower-cased", () => {
    expect(emailSchema.parse("  Ada@Example.COM ")).toBe("ada@example.com");
    expect(emailSchema.safeParse("ada").success).toBe(false);
  });
});
