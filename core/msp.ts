import * as z from "zod";
import { brandContrast, parseHex, toHex } from "./contrast.ts";

export interface MspBrand {
  /** `#rrggbb`. */
  color: string;
}
export const DEFAULT_BRAND: MspBrand = { color: "#1d4ed8" };

/** `#rgb` or `#rrggbb`, answered as `#rrggbb`. */
export const colorSchema = z.string().transform((text, context) => {
  const color = parseHex(text);
  if (color) return toHex(color);
  context.issues.push({ code: "custom", message: "a colour as #rrggbb, for example #1d4ed8", input: text });
  return z.NEVER;
});

export const IDLE_MINUTES = { min: 5, max: 1440 } as const;

export const mspSettingsSchema = z.object({
  name: z.string().trim().min(1, "give your MSP's name").max(120),
  idle_timeout_minutes: z
    .number()
    .int("whole minutes")
    .min(IDLE_MINUTES.min, `at least ${IDLE_MINUTES.min} minutes`)
    .max(IDLE_MINUTES.max, `at most ${IDLE_MINUTES.max} minutes`)
    .nullable()
    .describe("minutes without a request after which people are signed out; null: only after 24 hours"),
  brand: z.object({ color: colorSchema }),
});
export type MspSettings = z.output<typeof mspSettingsSchema>;

const themeContrast = z.object({
  ratio: z.number().describe("against the page, WCAG 2.2"),
  fine: z.boolean(),
  shown: z.string().describe("the colour that text gets instead where it would be hard to read"),
});

export const mspSettingsAnswerSchema = z.object({
  name: z.string(),
  idle_timeout_minutes: z.number().int().nullable(),
  brand: z.object({
    color: z.string(),
    contrast: z.object({ light: themeContrast, dark: themeContrast }),
  }),
});
export type MspSettingsAnswer = z.infer<typeof mspSettingsAnswerSchema>;

export function mspSettingsAnswer(settings: {
  name: string;
  idle_timeout_minutes: number | null;
  brand: MspBrand | null;
}): MspSettingsAnswer {
  const { color } = settings.brand ?? DEFAULT_BRAND;
  const { name, idle_timeout_minutes } = settings;
  const contrast = brandContrast(parseHex(color) ?? [0, 0, 0]);
  return { name, idle_timeout_minutes, brand: { color, contrast } };
}
