import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alertId, encodeId, incidentId, isCompanyId, parseMemberId } from "../../core/ids.ts";

const COMPANY = "co_0123456789abcdef";

describe("ids", () => {
  it("carry their company and come back whole", () => {
    expect(alertId(COMPANY, 1)).toBe("al_0123456789abcdef_1");
    fc.assert(
      fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (seq) => {
        expect(parseMemberId(alertId(COMPANY, seq))).toEqual({ kind: "alert", companyId: COMPANY, seq });
        expect(parseMemberId(incidentId(COMPANY, seq))).toEqual({
          kind: "incident",
          companyId: COMPANY,
          seq,
        });
      }),
    );
  });

  it("refuse everything else", () => {
    const wrong = ["", "al_", "al_0123456789abcdef", "al_0123456789abcdef_0", "al_0123456789abcdef_-1"];
    const more = [
      "co_0123456789abcdef_1",
      "al_0123456789ABCDEF_1",
      "al_0123456789abcdef_zzzzzzzzzzz",
      "al_x_1\n",
    ];
    for (const id of [...wrong, ...more, `${alertId(COMPANY, 1)}\n`])
      expect(parseMemberId(id), id).toBeNull();
    expect(isCompanyId(COMPANY)).toBe(true);
    for (const id of ["co_", "co_0123456789abcdeF", "co_0123456789abcdef0", "al_0123456789abcdef"])
      expect(isCompanyId(id), id).toBe(false);
  });

  it("are 16 characters that are not mistaken for one another, from any random bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 10, maxLength: 16 }), (bytes) => {
        expect(encodeId(bytes)).toMatch(/^[0-9a-hjkmnp-tv-z]{16}$/);
        expect(isCompanyId(`co_${encodeId(bytes)}`)).toBe(true);
      }),
    );
    expect(encodeId(new Uint8Array(10))).not.toBe(encodeId(new Uint8Array(10).fill(255)));
  });

  it("keep all eighty bits", () => {
    const seen = new Set<string>();
    for (let bit = 0; bit < 80; bit++) {
      const bytes = new Uint8Array(10);
      bytes[bit >> 3] = 1 << (bit & 7);
      seen.add(encodeId(bytes));
    }
    expect(seen.size).toBe(80);
  });
});
