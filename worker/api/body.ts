import { fail, ok, type Result } from "../../core/errors.ts";

const MAX_BYTES = 1024 * 1024;

/** The whole body as bytes; null as soon as it is known to be over the limit. */
export async function readBytes(request: Request, max = MAX_BYTES): Promise<Uint8Array<ArrayBuffer> | null> {
  if (Number(request.headers.get("Content-Length") ?? 0) > max) return null;
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body as ReadableStream<Uint8Array>) {
    size += chunk.byteLength;
    if (size > max) return null;
    chunks.push(chunk);
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.byteLength;
  }
  return all;
}

/** JSON of the body; an empty one counts as `{}`, for commands that take nothing. */
export async function readJson(request: Request, limit = MAX_BYTES): Promise<Result<unknown>> {
  const bytes = await readBytes(request, limit);
  if (!bytes) return fail("payload_too_large", `The body is larger than ${limit / MAX_BYTES} MiB.`);
  const text = new TextDecoder().decode(bytes);
  if (text.trim() === "") return ok({});
  try {
    return ok(JSON.parse(text) as unknown);
  } catch {
    return fail("invalid_json", "The body is not valid JSON.");
  }
}
