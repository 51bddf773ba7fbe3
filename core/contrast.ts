/** Red, green, blue, 0-255 each. */
export type Rgb = readonly [number, number, number];

/** What normal text needs against what lies behind it (WCAG 2.2, 1.4.3). */
export const TEXT_CONTRAST = 4.5;
const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];
/** What the pages' text lies on in each theme: the lightest and the darkest of their surfaces. */
export const SURFACES = { light: [255, 255, 255], dark: [24, 27, 34] } as const satisfies Record<string, Rgb>;
export type Theme = keyof typeof SURFACES;

/** `#rgb` or `#rrggbb`, in any case; null for anything else. */
export function parseHex(text: string): Rgb | null {
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim())?.[1];
  if (!hex) return null;
  const pairs = hex.length === 3 ? [...hex].map((digit) => digit + digit) : (hex.match(/../g) ?? []);
  const [red = 0, green = 0, blue = 0] = pairs.map((pair) => Number.parseInt(pair, 16));
  return [red, green, blue];
}

export function toHex(color: Rgb): string {
  return `#${color.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
}

/** Relative luminance, 0 (black) to 1 (white), as WCAG 2.2 defines it. */
function luminance(color: Rgb): number {
  const [red = 0, green = 0, blue = 0] = color.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** 1 (none) to 21 (black on white), as WCAG 2.2 defines it. */
export function contrastRatio(a: Rgb, b: Rgb): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** White or black, whichever reads better on the colour. */
export function inkOn(color: Rgb): Rgb {
  return contrastRatio(WHITE, color) >= contrastRatio(BLACK, color) ? WHITE : BLACK;
}

const mix = (a: Rgb, b: Rgb, share: number): Rgb => {
  const at = (i: 0 | 1 | 2) => Math.round(a[i] + (b[i] - a[i]) * share);
  return [at(0), at(1), at(2)];
};

/** The colour itself where text in it reads well in that theme, else the nearest lighter or darker one that does. */
export function readableIn(color: Rgb, theme: Theme): Rgb {
  const surface = SURFACES[theme];
  const towards = theme === "light" ? BLACK : WHITE;
  for (let step = 0; step <= 20; step++) {
    const tried = mix(color, towards, step / 20);
    if (contrastRatio(tried, surface) >= TEXT_CONTRAST) return tried;
  }
  return towards;
}

/** How a colour does as a brand: its ratio as text in each theme, and what is shown instead where it is too low. */
export function brandContrast(color: Rgb): Record<Theme, { ratio: number; fine: boolean; shown: string }> {
  const of = (theme: Theme) => {
    const ratio = contrastRatio(color, SURFACES[theme]);
    const rounded = Math.round(ratio * 100) / 100;
    return { ratio: rounded, fine: ratio >= TEXT_CONTRAST, shown: toHex(readableIn(color, theme)) };
  };
  return { light: of("light"), dark: of("dark") };
}
