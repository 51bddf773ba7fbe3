import fc from "fast-check";
import { expect, it } from "vitest";
import { safeNext } from "../../app/lib/safe-next.ts";

const HERE = "https://alerts.acme.io";
const FALLBACK = "/dashboard";

it("keeps a path of this site, with its query", () => {
  expect(safeNext("/incidents?status=open#top")).toBe("/incidents?status=open#top");
});

it.each([
  null,
  undefined,
  "",
  "incidents",
  "//evil.io",
  "/\\evil.io",
  "\\\\evil.io",
  "/\t/evil.io",
  "/\n/evil.io",
  "/.//evil.io",
  "/..//evil.io",
  "https://evil.io",
  "https:evil.io",
  "javascript:alert(1)",
  "data:text/html,x",
  " //evil.io",
])("leads %j to the overview", (next) => {
  expect(safeNext(next)).toBe(FALLBACK);
});

it("never leads to another site, whatever is given", () => {
  const piece = fc.constantFrom(
    "/",
    "\\",
    ".",
    "..",
    "//",
    ":",
    "@",
    "\t",
    "\n",
    "\r",
    "%2f",
    "%5c",
    "evil.io",
    "https:",
    "?",
    "#",
    " ",
    "\u0000",
  );
  const texts = fc.oneof(
    fc.string(),
    fc.array(piece, { maxLength: 8 }).map((all) => all.join("")),
    fc.webUrl(),
  );
  fc.assert(
    fc.property(texts, (text) => {
      for (const next of [text, `/${text}`]) {
        const to = safeNext(next);
        expect(to.startsWith("/")).toBe(true);
        expect(new URL(to, HERE).origin, JSON.stringify(next)).toBe(HERE);
        expect(new URL(to, HERE).protocol).toBe("https:");
      }
    }),
    { numRuns: 3000 },
  );
});
