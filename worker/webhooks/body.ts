import { fail, ok, type Result } from "../../core/errors.ts";
import { isForm, parseForm } from "./form.ts";

export const BODY_MAX = 1024 * 1024;

const tooLarge = () =>
  fail<never>("payload_too_large", "The body is larger than 1 MiB; send the alerts in several requests.");

/** The raw bytes, at most 1 MiB: a longer body is refused by its length alone, or cut off while it comes. */
export async function readBody(request: Request): Promise<Result<Uint8Array<ArrayBuffer>>> {
  const length = request.headers.get("content-length");
  if (length !== null) {
    if (Number(length) > BODY_MAX) return tooLarge();
    return ok(new Uint8Array(await request.arrayBuffer()));
  }
  if (!request.body) return ok(new Uint8Array());
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body as ReadableStream<Uint8Array>) {
    size += chunk.byteLength;
    if (size > BODY_MAX) return tooLarge();
    chunks.push(chunk);
  }
  return ok(new Uint8Array(Buffer.concat(chunks)));
}

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });
const lenient = new TextDecoder("utf-8");

export interface ParsedBody {
  value: unknown;
  /** Its UTF-8 was broken. */
  repaired: boolean;
}

/**
 * JSON of the bytes, whatever their type is called (SNS says text/plain); else a form's fields. Broken UTF-8
 * is repaired with U+FFFD rather than refused: the alert counts more.
 */
export function parseBody(
  bytes: Uint8Array<ArrayBuffer>,
  type: string | null,
): Result<ParsedBody> | Promise<Result<ParsedBody>> {
  let text: string;
  let repaired = false;
  try {
    text = strict.decode(bytes);
  } catch {
    text = lenient.decode(bytes);
    repaired = true;
  }
  try {
    return ok({ value: JSON.parse(text), repaired });
  } catch (error) {
    if (type !== null && isForm(type)) return formOf(bytes, type, repaired);
    const where = error instanceof SyntaxError ? /position \d+/.exec(error.message)?.[0] : undefined;
    return fail("invalid_json", `The body is not JSON${where ? ` (at ${where})` : ""}.`);
  }
}

async function formOf(
  bytes: Uint8Array<ArrayBuffer>,
  type: string,
  repaired: boolean,
): Promise<Result<ParsedBody>> {
  const form = await parseForm(bytes, type);
  return form.ok ? ok({ value: form.value, repaired }) : form;
}
