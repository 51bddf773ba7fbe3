import * as z from "zod";
import { CATEGORIES } from "../alert.ts";
import { SEVERITIES } from "../severity.ts";

export const CORRECTIONS_MAX = 500;

const signature = z.string().trim().min(1, "name a signature").max(120).describe("canonical, e.g. disk_full");

export const correctionInput = z
  .object({
    signature,
    category: z.enum(CATEGORIES).optional(),
    severity: z.enum(SEVERITIES).optional(),
    comment: z.string().trim().max(500, "use at most 500 characters").default(""),
  })
  .refine((value) => value.category ?? value.severity, {
    message: "choose a category or a severity",
    path: ["category"],
  });

/** "Always treat this signature as ...": one per signature. Epoch ms. */
export interface Correction extends z.output<typeof correctionInput> {
  id: string;
  created_at: number;
  created_by: string;
}

export const correctionView = z.object({
  id: z.string(),
  signature,
  category: z.enum(CATEGORIES).nullable(),
  severity: z.enum(SEVERITIES).nullable(),
  comment: z.string(),
  created_at: z.iso.datetime(),
  created_by: z.string(),
});
export type CorrectionView = z.infer<typeof correctionView>;
