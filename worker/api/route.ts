import type { Context } from "hono";
import * as z from "zod";
import type { Actor } from "../../core/actor.ts";
import type { AuditNote } from "../../core/audit.ts";
import { type ErrorCode, ok, type Result } from "../../core/errors.ts";
import type { Action } from "../../core/permissions.ts";
import { chainNoted } from "../audit/chain.ts";
import { auditInsert } from "../audit/record.ts";
import { authenticate } from "../auth/authenticate.ts";
import { mayCall } from "../auth/may-call.ts";
import type { Session } from "../auth/session.ts";
import type { Env } from "../env.ts";
import { readJson } from "./body.ts";
import { failureResponse, invalid } from "./errors.ts";

export type AppEnv = { Bindings: Env; Variables: { pattern?: string; request_id?: string } };
export type AppContext = Context<AppEnv>;

/** "public", or what the caller must be allowed to do. */
export type Access = "public" | Action;

export interface RouteContext<A extends Access, P, Q, B> {
  env: Env;
  request: Request;
  /** null on public routes. */
  session: A extends "public" ? null : Session;
  params: P;
  query: Q;
  body: B;
  /** Epoch ms. */
  now: number;
  /** Scheme and host under which the caller reached us. */
  origin: string;
  /**
   * The insert that notes this change in the audit log; it belongs into the batch that makes the change. On
   * public routes `by` says who it turned out to be. What an object changes, the object notes itself.
   */
  audit(note: AuditNote, by?: Actor): ReturnType<typeof auditInsert>;
  setHeader(name: string, value: string): void;
  /** Goes on after the answer was sent. */
  waitUntil(work: Promise<unknown>): void;
}

interface Definition<
  A extends Access,
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  S extends z.ZodType,
> {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** OpenAPI style: `/api/companies/{id}`. */
  path: string;
  summary: string;
  access: A;
  /** The notes it may write to the audit log; `none` says why a change needs no note. */
  audit?: readonly string[] | { none: string };
  params?: P;
  query?: Q;
  body?: B;
  /** Bytes a body may have, where a MiB is too little. */
  body_limit?: number;
  /** `files` are the media types of answers that are no JSON: then the handler's value is a Response. */
  success: { status: 200 | 201 | 202 | 204; description: string; schema?: S; files?: readonly string[] };
  /** Besides those that every route of its kind may answer. */
  errors?: ErrorCode[];
  handler(c: RouteContext<A, z.output<P>, z.output<Q>, z.output<B>>): Promise<Result<z.input<S> | Response>>;
}

/** What the registry mounts and describes. */
export interface Route
  extends Omit<Definition<Access, z.ZodType, z.ZodType, z.ZodType, z.ZodType>, "handler"> {
  run(c: AppContext): Promise<Response>;
}

async function parse<T extends z.ZodType>(
  schema: T | undefined,
  read: () => unknown | Promise<Result<unknown>>,
): Promise<Result<z.output<T>>> {
  if (!schema) return ok(undefined as z.output<T>);
  const raw = await read();
  const parsed = schema.safeParse(raw);
  return parsed.success ? ok(parsed.data) : invalid(parsed.error);
}

/** The MSP of each note that a request made, and its work that outlives the answer and may make some more. */
interface Notes {
  of: string[];
  later: Promise<unknown>[];
}

async function linkNotes(env: Env, { of, later }: Notes): Promise<void> {
  const made = of.length;
  await chainNoted(env, new Set(of));
  await Promise.allSettled(later);
  await chainNoted(env, new Set(of.slice(made)));
}

/** Authorise, parse, then the handler: load within the tenant, change, answer. */
export function route<
  const A extends Access,
  P extends z.ZodType = z.ZodUndefined,
  Q extends z.ZodType = z.ZodUndefined,
  B extends z.ZodType = z.ZodUndefined,
  S extends z.ZodType = z.ZodNull,
>(def: Definition<A, P, Q, B, S>): Route {
  const { handler, ...described } = def;
  const { access, success } = def;

  async function answer(
    c: AppContext,
    headers: Headers,
    notes: Notes,
  ): Promise<Result<z.input<S> | Response>> {
    const request = c.req.raw;
    let session: Session | null = null;
    if (access !== "public") {
      const who = await authenticate(request, c.env);
      if (!who.ok) return who;
      const allowed = mayCall(who.value, access);
      if (!allowed.ok) return allowed;
      session = who.value;
    }
    const url = new URL(request.url);
    const params = await parse(def.params, () => c.req.param());
    if (!params.ok) return params;
    const query = await parse(def.query, () => Object.fromEntries(url.searchParams));
    if (!query.ok) return query;
    let raw: unknown;
    if (def.body) {
      const json = await readJson(request, def.body_limit);
      if (!json.ok) return json;
      raw = json.value;
    }
    const body = await parse(def.body, () => raw);
    if (!body.ok) return body;
    const now = Date.now();
    return handler({
      env: c.env,
      request,
      // Sound: `session` is set exactly when the access is not public.
      session: session as A extends "public" ? null : Session,
      params: params.value,
      query: query.value,
      body: body.value,
      now,
      origin: url.origin,
      audit(note, by = session?.actor) {
        if (!by) throw new Error("a public route says who it noted");
        notes.of.push(by.msp_id);
        return auditInsert(c.env, by, note, now);
      },
      setHeader: (name, value) => headers.append(name, value),
      waitUntil(work) {
        notes.later.push(work);
        c.executionCtx.waitUntil(work);
      },
    });
  }

  return {
    ...described,
    async run(c) {
      const headers = new Headers();
      const notes: Notes = { of: [], later: [] };
      const result = await answer(c, headers, notes);
      if (notes.of.length + notes.later.length > 0) c.executionCtx.waitUntil(linkNotes(c.env, notes));
      if (!result.ok) return failureResponse(result.error);
      if (result.value instanceof Response) {
        for (const [name, value] of headers) result.value.headers.append(name, value);
        return result.value;
      }
      if (success.status === 204) return new Response(null, { status: 204, headers });
      return Response.json(result.value, { status: success.status, headers });
    },
  };
}

/** `{id}` of a path. */
export const idParams = z.object({ id: z.string() });
