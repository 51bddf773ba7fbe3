import { CheckCircle2 } from "lucide-react";
import { brandContrast, inkOn, parseHex, SURFACES, type Theme, toHex } from "../../../core/contrast.ts";

const DEFAULT = "#5f3dd0";
const THEMES = ["light", "dark"] as const;
const INK = { light: "#13161d", dark: "#e8eaf0" } as const;
const NAME = { light: "Light", dark: "Dark" } as const;

interface Brand {
  color: string | null;
  name: string;
  logo: string | null;
}

function Swatch({ theme, brand }: { theme: Theme; brand: Brand }) {
  const color = parseHex(brand.color ?? DEFAULT) ?? [95, 61, 208];
  const { shown } = brandContrast(color)[theme];
  const solid = toHex(color);
  return (
    <figure
      aria-label={`Portal, ${NAME[theme].toLowerCase()} theme`}
      className="min-w-0 overflow-hidden rounded-md border"
      style={{ background: toHex(SURFACES[theme]), color: INK[theme] }}
    >
      <div className="h-1" style={{ background: solid }} />
      <div className="space-y-3 p-3">
        <div className="flex items-center gap-2">
          {brand.logo ? (
            <img src={brand.logo} alt="" className="h-6 max-w-24 object-contain" />
          ) : (
            <span
              aria-hidden
              className="grid size-6 place-items-center rounded-sm text-xs font-semibold"
              style={{ background: solid, color: toHex(inkOn(color)) }}
            >
              {brand.name.slice(0, 1).toUpperCase()}
            </span>
          )}
          <span className="min-w-0 truncate text-sm font-semibold">{brand.name}</span>
        </div>
        <p className="flex items-center gap-1.5 text-sm">
          <CheckCircle2 aria-hidden className="size-4 shrink-0" style={{ color: shown }} />
          All systems are working.
        </p>
        <p className="text-xs font-medium underline underline-offset-2" style={{ color: shown }}>
          Recent history
        </p>
      </div>
    </figure>
  );
}

/** The client's portal in small, in both themes, as the brand makes it look. */
export function BrandPreview({ brand }: { brand: Brand }) {
  return (
    <div className="grid grid-cols-2 gap-3">
      {THEMES.map((theme) => (
        <Swatch key={theme} theme={theme} brand={brand} />
      ))}
    </div>
  );
}

/** Whether text in the colour can be read, and what is shown where it cannot. */
export function ContrastResult({ color }: { color: string }) {
  const rgb = parseHex(color);
  if (!rgb) return null;
  const contrast = brandContrast(rgb);
  return (
    <ul aria-live="polite" className="space-y-1 text-xs">
      {THEMES.map((theme) => {
        const { ratio, fine, shown } = contrast[theme];
        return (
          <li key={theme} className={fine ? "text-ok" : "text-medium"}>
            {NAME[theme]} theme: {ratio.toFixed(2)} : 1,{" "}
            {fine ? "reads well" : `too faint for text, which is shown in ${shown} there`}
          </li>
        );
      })}
    </ul>
  );
}
