const ascii = (text: string) => [...text].map((letter) => letter.charCodeAt(0));
const big32 = (n: number) => [(n >>> 24) & 255, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];

/** The head of a PNG of this size: enough to be told by, not to be shown. */
export function pngOf(width: number, height: number): Uint8Array<ArrayBuffer> {
  const head = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  return new Uint8Array([
    ...head,
    ...big32(13),
    ...ascii("IHDR"),
    ...big32(width),
    ...big32(height),
    8,
    6,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
  ]);
}

/** Likewise a JPEG: a JFIF marker and a baseline frame. */
export function jpegOf(width: number, height: number): Uint8Array<ArrayBuffer> {
  const big16 = (n: number) => [n >> 8, n & 255];
  const jfif = [0xff, 0xe0, ...big16(16), ...ascii("JFIF"), 0, 1, 1, 0, 0, 1, 0, 1, 0, 0];
  const frame = [
    0xff,
    0xc0,
    ...big16(17),
    8,
    ...big16(height),
    ...big16(width),
    3,
    1,
    0x22,
    0,
    2,
    0x11,
    1,
    3,
    0x11,
    1,
  ];
  return new Uint8Array([0xff, 0xd8, ...jfif, ...frame, 0xff, 0xd9, 0, 0, 0, 0]);
}

/** Likewise a WebP in the extended format. */
export function webpOf(width: number, height: number): Uint8Array<ArrayBuffer> {
  const little24 = (n: number) => [n & 255, (n >> 8) & 255, (n >> 16) & 255];
  const chunk = [...ascii("VP8X"), 10, 0, 0, 0, 0, 0, 0, 0, ...little24(width - 1), ...little24(height - 1)];
  return new Uint8Array([...ascii("RIFF"), 22, 0, 0, 0, ...ascii("WEBP"), ...chunk]);
}
