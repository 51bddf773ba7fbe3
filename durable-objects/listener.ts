import type { Actor } from "../core/actor.ts";
import { clock } from "./clock.ts";

/** Who a socket belongs to; it outlives hibernation with the socket. */
export interface Listener {
  actor: Actor;
  session_id: string;
  /** Epoch ms at which the session ends. */
  expires_at: number;
  /** Epoch ms from which the session may have been idle for too long: then it is asked anew. */
  idle_until?: number | null;
}

/** The header in which the Worker, and nobody else, tells an object who listens. */
export const LISTENER_HEADER = "x-aw-listener";

/** The codes a socket is closed with, so that a browser knows whether to come back. */
export const CLOSE_SESSION_ENDED = 4001;
/** Come back: who you are is asked anew, and what you may see with it. */
export const CLOSE_SCOPE_CHANGED = 4002;

/** Whose sockets to close. */
export type Whose = { session_ids: string[] } | { user_id: string };

export const listenerOf = (socket: WebSocket) => socket.deserializeAttachment() as Listener;

/** null where the session has ended or may have been idle for too long; the socket is closed then. */
export function currentListener(socket: WebSocket): Listener | null {
  const listener = listenerOf(socket);
  const now = clock.now();
  const ended = listener.expires_at <= now;
  if (!ended && (listener.idle_until ?? now + 1) > now) return listener;
  if (ended) socket.close(CLOSE_SESSION_ENDED, "session ended");
  else socket.close(CLOSE_SCOPE_CHANGED, "session may be idle");
  return null;
}

/** Closes those of one session, or all of one person. */
export function closeSockets(sockets: WebSocket[], whose: Whose): void {
  for (const socket of sockets) {
    const { actor, session_id } = listenerOf(socket);
    if ("user_id" in whose) {
      if (actor.user_id === whose.user_id) socket.close(CLOSE_SCOPE_CHANGED, "rights changed");
    } else if (whose.session_ids.includes(session_id)) socket.close(CLOSE_SESSION_ENDED, "session ended");
  }
}

/** 1005 and 1006 may not be sent; they only say how the other side went. */
export function answerClose(socket: WebSocket, code: number): void {
  socket.close(code === 1005 || code === 1006 ? 1000 : code);
}
