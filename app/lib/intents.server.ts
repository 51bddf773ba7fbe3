import type { SubmissionResult } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import type { AppLoadContext } from "@remix-run/cloudflare";
import * as z from "zod";
import { command } from "./api.server.ts";
import { refuse } from "./reply.server.ts";

// The platform's rules forbid code from strings; zod must not try.
z.config({ jitless: true });

/** What a page gets back from one of its forms. */
export interface FormAnswer {
  intent: string;
  ok: boolean;
  /** Field errors, and what is wrong with the form as a whole. */
  result?: SubmissionResult<string[]>;
  /** The API's refusal: in a sentence, and its code. */
  problem?: string;
  code?: string;
  /** What the API answered: a token that is shown once, for instance. */
  value?: unknown;
}

interface Intent {
  method: "POST" | "PUT" | "PATCH" | "DELETE";
  schema: z.ZodType;
  path: string;
  body?: unknown;
  hide?: string[];
}

/** One form of a page: its fields, and the API call that their values become. */
export function intent<S extends z.ZodType>(
  method: Intent["method"],
  schema: S,
  call: (values: z.output<S>) => { path: string; body?: unknown },
  /** Fields that are never sent back: passwords, codes. */
  hide: string[] = [],
) {
  return { method, schema, hide, call: (values: unknown) => call(values as z.output<S>) };
}

export type Intents = Record<string, ReturnType<typeof intent>>;

/** Runs the form that its field `intent` names. */
export async function runIntent(
  context: AppLoadContext,
  request: Request,
  intents: Intents,
): Promise<FormAnswer> {
  const form = await request.formData();
  const name = String(form.get("intent") ?? "");
  const known = Object.hasOwn(intents, name) ? intents[name] : undefined;
  if (!known) return { intent: name, ok: false, problem: "This form is not known here." };
  form.delete("intent");
  const hideFields = known.hide;
  const submission = parseWithZod(form, { schema: known.schema });
  if (submission.status !== "success") {
    const problem = Object.values(submission.error ?? {}).flat()[0] ?? "Something is missing.";
    return { intent: name, ok: false, result: submission.reply({ hideFields }), problem };
  }
  const { path, body } = known.call(submission.value);
  const answer = await command<unknown>(context, request, known.method, path, body);
  if (answer.ok)
    return { intent: name, ok: true, result: submission.reply({ hideFields }), value: answer.value };
  const { error } = answer;
  return {
    intent: name,
    ok: false,
    result: refuse(submission, error, hideFields),
    problem: error.detail,
    code: error.error,
  };
}

/** `{id}` of whatever a button acts on. */
export const idForm = z.object({ id: z.string() });
export const nothingForm = z.object({});
/** A path's segment. */
export const segment = encodeURIComponent;
