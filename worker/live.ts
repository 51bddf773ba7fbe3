import type { Context } from "hono";
import { LISTENER_HEADER, type Listener } from "../durable-objects/listener.ts";
import { failureResponse } from "./api/errors.ts";
import type { AppEnv } from "./api/route.ts";
import { authenticate } from "./auth/authenticate.ts";
import { mayCall } from "./auth/may-call.ts";

/** `GET /api/live`: the MSP's numbered events as a WebSocket, for whoever is signed in. */
export async function live(c: Context<AppEnv>): Promise<Response> {
  const request = c.req.raw;
  if (request.headers.get("upgrade")?.toLowerCase() !== "websocket") {
    return failureResponse({ code: "invalid_body", detail: "This address speaks WebSocket only." });
  }
  // Browsers come back to the stream by themselves: that keeps no idle session alive.
  const session = await authenticate(request, c.env, { activity: false });
  if (!session.ok) return failureResponse(session.error);
  const allowed = mayCall(session.value, "live.read");
  if (!allowed.ok) return failureResponse(allowed.error);
  const { actor, session_id, expires_at, idle_until } = session.value;
  const listener: Listener = { actor, session_id, expires_at, idle_until };
  const headers = new Headers({ upgrade: "websocket", [LISTENER_HEADER]: JSON.stringify(listener) });
  const hub = c.env.MSP_HUB.get(c.env.MSP_HUB.idFromName(actor.msp_id));
  return hub.fetch(new Request(request.url, { headers }));
}
