import * as z from "zod";
import { fail, ok, type Result } from "../../core/errors.ts";

/** Opaque to callers: JSON in base64url. Carries a position, never a permission. */
export function encodeCursor(position: unknown): string {
  const bytes = new TextEncoder().encode(JSON.stringify(position));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/** null where there was none. */
export function decodeCursor<T>(cursor: string | undefined, schema: z.ZodType<T>): Result<T | null> {
  if (!cursor) return ok(null);
  const wrong = () =>
    fail<T | null>("validation_failed", "That cursor is not one of ours.", {
      fields: { cursor: "not a cursor of this list" },
    });
  try {
    const bytes = Uint8Array.from(atob(cursor.replaceAll("-", "+").replaceAll("_", "/")), (c) =>
      c.charCodeAt(0),
    );
    const parsed = schema.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    return parsed.success ? ok(parsed.data) : wrong();
  } catch {
    return wrong();
  }
}

/** `limit` and `cursor` of every list. */
export function pageQuery(max: number, normal: number) {
  return {
    limit: z.coerce.number().int().min(1).max(max).default(normal),
    cursor: z.string().max(1000).optional(),
  };
}

/** ISO 8601 of a query; answers epoch ms. */
export const timeQuery = z.iso.datetime({ offset: true, error: "not an ISO 8601 time" });
