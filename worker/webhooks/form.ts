import { fail, ok, type Result } from "../../core/errors.ts";

const FIELDS_MAX = 256;

const tooMany = () => fail<never>("invalid_json", `The form has more than ${FIELDS_MAX} fields.`);

/** Whether the sender calls the body a form; a body that is JSON all the same was tried before. */
export function isForm(type: string): boolean {
  return /^\s*(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type);
}

/** `payload` is where tools that only know forms put their JSON. */
function withPayload(fields: Map<string, unknown>): unknown {
  const payload = fields.get("payload");
  if (typeof payload === "string" && /^\s*[[{]/.test(payload)) {
    try {
      const value: unknown = JSON.parse(payload);
      if (fields.size === 1) return value;
      fields.set("payload", value);
    } catch {
      // A text that only begins like JSON stays a text.
    }
  }
  return Object.fromEntries(fields);
}

/**
 * A form as an object of strings, the last of a repeated name; files are left out. A field `payload` that
 * holds JSON is parsed, and is the whole body where it is the only field.
 */
export async function parseForm(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<Result<unknown>> {
  let form: FormData;
  try {
    form = await new Response(bytes, { headers: { "content-type": type } }).formData();
  } catch {
    return fail("invalid_json", "The body is neither JSON nor the form that its Content-Type says.");
  }
  const fields = new Map<string, unknown>();
  let count = 0;
  for (const [name, value] of form) {
    if (++count > FIELDS_MAX) return tooMany();
    if (typeof value === "string") fields.set(name, value);
  }
  if (fields.size === 0) return fail("invalid_json", "The form has no fields.");
  return ok(withPayload(fields));
}
