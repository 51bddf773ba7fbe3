/// <reference path="./build.d.ts" />
import { createRequestHandler } from "@remix-run/cloudflare";
import * as build from "../build/server/index.js";
import type { LoadContext } from "../core/load-context.ts";
import type { ApiCall, Pages } from "./app.ts";
import { type SessionMemo, shareSession } from "./auth/authenticate.ts";
import type { Env } from "./env.ts";

// Always as in production: the other mode would show visitors the inside of an error.
const handle = createRequestHandler(build, "production");
/** What an API call of a page takes over from its visitor's request. */
const PASSED_ON = ["Cookie", "Origin", "CF-Connecting-IP", "User-Agent"];
const STATIC = /\.[a-z0-9]{2,11}$/i;

function newNonce(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
}

/** Scripts and style elements by nonce alone; style attributes, which components set, are allowed. */
export function contentSecurityPolicy(nonce: string, url: URL): string {
  const socket = `${url.protocol === "https:" ? "wss" : "ws"}://${url.host}`;
  return [
    "default-src 'self'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    `connect-src 'self' ${socket}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
  ].join("; ");
}

function loadContext(request: Request, env: Env, api: ApiCall, nonce: string): LoadContext {
  const memo: SessionMemo = new Map();
  const { origin } = new URL(request.url);
  return {
    nonce,
    environment: env.ENVIRONMENT,
    api(path, init = {}) {
      const url = new URL(path, origin);
      if (url.origin !== origin || !url.pathname.startsWith("/api/"))
        throw new Error("pages call the API alone");
      const headers = new Headers(init.headers);
      for (const name of PASSED_ON) {
        const value = request.headers.get(name);
        if (value !== null) headers.set(name, value);
      }
      const call = new Request(url, { ...init, headers });
      shareSession(call, memo);
      return api(call);
    },
  };
}

/** Renders a page; on one machine also serves the files that Workers Assets serves in production. */
export const pages: Pages = async (request, env, _ctx, api) => {
  const url = new URL(request.url);
  if ((request.method === "GET" || request.method === "HEAD") && STATIC.test(url.pathname)) {
    const file = await env.ASSETS.fetch(request);
    if (file.status !== 404) return new Response(file.body, file);
  }
  const nonce = newNonce();
  const page = await handle(request, { ...loadContext(request, env, api, nonce) });
  const answer = new Response(page.body, page);
  answer.headers.set("Content-Security-Policy", contentSecurityPolicy(nonce, url));
  if (!answer.headers.has("Cache-Control")) answer.headers.set("Cache-Control", "private, no-store");
  return answer;
};
