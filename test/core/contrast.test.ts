import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  brandContrast,
  contrastRatio,
  inkOn,
  parseHex,
  type Rgb,
  readableIn,
  SURFACES,
  TEXT_CONTRAST,
  toHex,
} from "../../core/contrast.ts";

const part = fc.integer({ min: 0, max: 255 });
const color = fc.tuple(part, part, part) as fc.Arbitrary<Rgb>;

describe("contrast", () => {
  it("is what the guidelines' own examples say", () => {
    expect(contrastRatio([0, 0, 0], [255, 255, 255])).toBeCloseTo(21, 5);
    expect(contrastRatio([119, 119, 119], [255, 255, 255])).toBeCloseTo(4.48, 2);
    expect(contrastRatio([0, 0, 255], [255, 255, 255])).toBeCloseTo(8.59, 2);
  });

  it("reads colours as people write them, and nothing else", () => {
    expect(parseHex("#0Af")).toEqual([0, 170, 255]);
    expect(parseHex(" #5f3dd0 ")).toEqual([95, 61, 208]);
    for (const wrong of ["5f3dd0", "#5f3dd", "#ggg", "red", "", "url(x)"]) expect(parseHex(wrong)).toBeNull();
  });

  it("always finds a shade that reads, and leaves one alone that does", () => {
    fc.assert(
      fc.property(color, fc.constantFrom("light", "dark"), (brand, theme) => {
        const shown = readableIn(brand, theme);
        expect(contrastRatio(shown, SURFACES[theme])).toBeGreaterThanOrEqual(TEXT_CONTRAST);
        if (contrastRatio(brand, SURFACES[theme]) >= TEXT_CONTRAST) expect(shown).toEqual(brand);
        expect(contrastRatio(inkOn(brand), brand)).toBeGreaterThanOrEqual(TEXT_CONTRAST);
        expect(parseHex(toHex(shown))).toEqual(shown);
      }),
    );
  });

  it("says of a pale brand that it fails by day alone", () => {
    const { light, dark } = brandContrast([255, 224, 102]);
    expect([light.fine, dark.fine]).toEqual([false, true]);
    expect(dark.shown).toBe("#ffe066");
    expect(light.shown).not.toBe("#ffe066");
  });
});
