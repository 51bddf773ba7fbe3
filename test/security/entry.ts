import type { Colleague } from "../support/colleague.ts";
import type { World } from "./world.ts";

type Made<T> = T | Promise<T>;

/**
 * How the suite calls a route. `of` says whose the thing at the address is:
 * - company: something of company `a`; everybody outside it gets 404
 * - msp: something of the whole MSP; other MSPs get 404 where the address names it by id
 * - self: something of one person, which `make` makes for the caller; anybody else gets 404
 * - caller: no thing at all: the answer is about whoever asks
 * - public: open to everybody
 */
export interface Entry {
  of: "company" | "msp" | "self" | "caller" | "public";
  /**
   * Path parameters, query and body for one call. `caller` is who will rightly call; things that a call uses up
   * are made here, anew each time.
   */
  make?(
    world: World,
    caller: Colleague,
  ): Made<{
    params?: Record<string, string>;
    query?: Record<string, string>;
    body?: unknown;
    /** A body that is no JSON. */
    raw?: BodyInit;
    headers?: Record<string, string>;
  }>;
  /** What those outside get where the thing stands in the body, not in the address. */
  outside?: { status: 422; error: "validation_failed" };
  /** Where the right caller is answered otherwise than the route says, and why; then nothing is noted. */
  answers?: { status: number; why: string };
}

/** By `METHOD /path` as the API's document has it. */
export type Entries = Record<string, Entry>;

/** Something of company `a`, its id the only parameter. */
export const company = (body?: unknown): Entry => ({
  of: "company",
  make: (world) => ({ params: { id: world.a }, body }),
});
/** Asked of company `a` by query. */
export const companyQuery = (more: Record<string, string> = {}): Entry => ({
  of: "company",
  make: (world) => ({ query: { company_id: world.a, ...more } }),
});
export const caller = (body?: unknown): Entry => ({ of: "caller", make: () => ({ body }) });
