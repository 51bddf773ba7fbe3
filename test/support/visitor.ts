import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import worker from "../../worker/index.ts";
import { API } from "./addresses.ts";
import { freshPassword } from "./password.ts";

export interface Visitor {
  /** By name. */
  cookies: Map<string, string>;
  /** Where the next request comes from. */
  address: string;
  call(method: string, path: string, json?: unknown, headers?: Record<string, string>): Promise<Response>;
}

let networks = 0;
/** A source address that no other test has. */
export const newAddress = (): string => {
  networks += 1;
  const [a, b] = crypto.getRandomValues(new Uint8Array(2));
  return `172.${16 + (networks % 16)}.${a}.${b}`;
};

/**
 * A browser: keeps the cookies it gets and sends its origin. `settings` are the Worker's, where other than usual;
 * what goes on after an answer is through before it is handed over.
 */
export function newVisitor(settings: Partial<Cloudflare.Env> = {}, origin: string = API): Visitor {
  const cookies = new Map<string, string>();
  const visitor: Visitor = {
    cookies,
    address: newAddress(),
    async call(method, path, json, more = {}) {
      const headers = new Headers({ origin, "cf-connecting-ip": visitor.address, ...more });
      if (more.origin === "") headers.delete("origin");
      if (cookies.size > 0)
        headers.set("cookie", [...cookies].map(([name, value]) => `${name}=${value}`).join("; "));
      const request = new Request(`${origin}${path}`, {
        method,
        headers,
        ...(json !== undefined && { body: JSON.stringify(json) }),
      });
      const ctx = createExecutionContext();
      const answer = await worker.fetch(request, { ...env, ...settings }, ctx);
      await waitOnExecutionContext(ctx);
      for (const line of answer.headers.getSetCookie()) {
        const [pair = ""] = line.split(";");
        const at = pair.indexOf("=");
        if (pair.length > at + 1) cookies.set(pair.slice(0, at), pair.slice(at + 1));
        else cookies.delete(pair.slice(0, at));
      }
      return answer;
    },
  };
  return visitor;
}

export interface Account {
  email: string;
  password: string;
  visitor: Visitor;
}

/** A new MSP's admin, signed in. */
export async function signUp(settings: Partial<Cloudflare.Env> = {}, origin?: string): Promise<Account> {
  const visitor = newVisitor(settings, origin);
  const email = `${crypto.randomUUID()}@example.com`;
  const password = freshPassword();
  const answer = await visitor.call("POST", "/api/auth/signup", {
    msp_name: "Northwind Care",
    name: "Grace Hopper",
    email,
    password,
  });
  if (answer.status !== 201) throw new Error(`sign-up: ${answer.status} ${await answer.text()}`);
  return { email, password, visitor };
}

/** The actions in an MSP's audit log, oldest first. */
export async function notedActions(email: string): Promise<string[]> {
  const { results } = await env.DB.prepare(
    `SELECT action FROM audit_entries WHERE msp_id = (SELECT msp_id FROM users WHERE email = ?1) ORDER BY seq`,
  )
    .bind(email)
    .all<{ action: string }>();
  return results.map((row) => row.action);
}
