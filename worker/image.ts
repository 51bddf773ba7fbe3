import { imageSize } from "image-size";
import { fail, ok, type Result } from "../core/errors.ts";

export const LOGO_BYTES_MAX = 256 * 1024;
const SIDE_MAX = 2048;

/** By their first bytes: what a sender says a file is counts for nothing. */
const KINDS = [
  { type: "image/png", fits: (b: Uint8Array) => starts(b, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) },
  { type: "image/jpeg", fits: (b: Uint8Array) => starts(b, [0xff, 0xd8, 0xff]) },
  { type: "image/webp", fits: (b: Uint8Array) => ascii(b, 0, "RIFF") && ascii(b, 8, "WEBP") },
];
export const LOGO_TYPES = KINDS.map((kind) => kind.type);

const starts = (bytes: Uint8Array, head: number[]) => head.every((byte, i) => bytes[i] === byte);
const ascii = (bytes: Uint8Array, at: number, text: string) =>
  [...text].every((letter, i) => bytes[at + i] === letter.charCodeAt(0));

const refuse = (detail: string) => fail("validation_failed", detail, { fields: { body: detail } });

/** What an uploaded logo is, by its own bytes; SVG is refused, because it can hold scripts. */
export function readLogo(bytes: Uint8Array): Result<{ type: string }> {
  const kind = KINDS.find(({ fits }) => fits(bytes));
  if (!kind) return refuse("The file is no PNG, JPEG or WebP image.");
  try {
    const { width, height } = imageSize(bytes);
    if (!(width > 0 && height > 0)) return refuse("The image has no size.");
    if (width > SIDE_MAX || height > SIDE_MAX)
      return refuse(
        `The image is ${width} x ${height} pixels; at most ${SIDE_MAX} x ${SIDE_MAX} are allowed.`,
      );
  } catch {
    return refuse("The image is damaged: its size cannot be read.");
  }
  return ok({ type: kind.type });
}
