/** Hues far enough apart to tell neighbours by; the letter says the same without colour. */
const HUES = [212, 28, 152, 285, 350, 55, 185, 320];

export const colorOf = (at: number): string => `hsl(${HUES[at % HUES.length]} 62% 45%)`;
export const letterOf = (at: number): string =>
  at < 26 ? String.fromCharCode(65 + at) : String.fromCharCode(65 + (at % 26)) + Math.floor(at / 26);

/** An incident's colour and letter in a drawing. */
export function Swatch({ at }: { at: number }) {
  return (
    <span
      aria-hidden
      className="inline-grid size-4 shrink-0 place-items-center self-center rounded-sm text-2xs font-semibold text-white"
      style={{ backgroundColor: `hsl(${HUES[at % HUES.length]} 62% 32%)` }}
    >
      {letterOf(at)}
    </span>
  );
}
