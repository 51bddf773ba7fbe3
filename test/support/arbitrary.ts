import fc from "fast-check";

const SPECIAL = [
  "|",
  "\\",
  "\\|",
  "||",
  "sha256:",
  "id",
  "key",
  "check",
  "__proto__",
  "constructor",
  "\u0000",
  "\ud800",
];

/** Text made to break keys: separators, escapes, prototype names, unpaired surrogates, or very long. */
export const nasty: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(fc.constantFrom("a", "b", ...SPECIAL), { maxLength: 6 }).map((p) => p.join("")),
  },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 20 }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom("a", "|"), fc.nat(300), fc.string())
      .map(([c, n, s]) => c.repeat(n) + s),
  },
);

/** The same, never empty. */
export const nastyName: fc.Arbitrary<string> = nasty.map((text) => text.trim() || "x");
