import fc from "fast-check";
import { expect, it } from "vitest";
import { csvRow } from "../../core/csv-row.ts";

it("quotes every cell and doubles quotes inside", () => {
  expect(csvRow(["a", 1, null, 'say "hi"', "two\r\nlines"])).toBe(
    '"a","1","","say ""hi""","two\r\nlines"\r\n',
  );
});

it("never begins a cell with what a spreadsheet computes", () => {
  fc.assert(
    fc.property(fc.constantFrom("=", "+", "-", "@", "\t", "\r"), fc.string(), (first, rest) => {
      expect(csvRow([first + rest]).startsWith(`"'${first}`)).toBe(true);
    }),
  );
  expect(csvRow([-5])).toBe('"-5"\r\n');
});
