import type { Context } from "hono";
import { LISTENER_HEADER, type Listener } from "../durable-objects/listener.ts";
import { failureResponse } from "./api/errors.ts";
import { portalCompany } from "./api/portal/company.ts";
import type { AppEnv } from "./api/route.ts";
import { authenticate } from "./auth/authenticate.ts";
import { mayCall } from "./auth/may-call.ts";

/** `GET /api/portal/live?company_id=`: the company object's own stream, in the fields a client may see. */
export async function portalLive(c: Context<AppEnv>): Promise<Response> {
  const request = c.req.raw;
  if (request.headers.get("upgrade")?.toLowerCase() !== "websocket")
    return failureResponse({ code: "invalid_body", detail: "This address speaks WebSocket only." });
  const session = await authenticate(request, c.env, { activity: false });
  if (!session.ok) return failureResponse(session.error);
  const allowed = mayCall(session.value, "portal.read");
  if (!allowed.ok) return failureResponse(allowed.error);
  const { actor, session_id, expires_at, idle_until } = session.value;
  const company = await portalCompany(c.env, actor, c.req.query("company_id"));
  if (!company.ok) return failureResponse(company.error);
  const listener: Listener = { actor, session_id, expires_at, idle_until };
  const headers = new Headers({ upgrade: "websocket", [LISTENER_HEADER]: JSON.stringify(listener) });
  const object = c.env.COMPANY.get(c.env.COMPANY.idFromName(company.value.id));
  return object.fetch(new Request(request.url, { headers }));
}
