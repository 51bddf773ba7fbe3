import type { CompanyEvent } from "../core/events.ts";
import { may } from "../core/permissions.ts";
import { type PortalFrame, portalIncident } from "../core/portal.ts";
import { currentListener, type Listener } from "./listener.ts";

/** Frames kept for listeners that were away for a moment. */
const KEPT = 200;

/**
 * A company's own live stream for its clients: incidents in their allowed fields, nothing else. It is kept
 * in memory alone, so it costs no row; each life of the object is an epoch, and a listener of another one
 * reads its page anew.
 */
export class PortalStream {
  private readonly epoch = crypto.randomUUID();
  private seq = 0;
  private kept: { seq: number; text: string }[] = [];
  /** Those of the life before still count in its numbers, until they are greeted anew. */
  private outlived: WebSocket[];
  private sockets: () => WebSocket[];
  private where: { msp_id: string; company_id: string };

  constructor(sockets: () => WebSocket[], where: { msp_id: string; company_id: string }) {
    this.sockets = sockets;
    this.where = where;
    this.outlived = sockets();
  }

  mayListen({ actor }: Listener) {
    return may(actor, "portal.read", this.where);
  }

  publish(events: readonly CompanyEvent[]): void {
    const told = events.filter((e) => e.type === "incident_created" || e.type === "incident_updated");
    if (told.length === 0) return;
    const sockets = this.sockets();
    if (sockets.length === 0) {
      // Nobody listens: nothing is made or kept, and whoever comes back finds a gap and reads anew.
      this.seq += told.length;
      this.kept = [];
      return;
    }
    for (const socket of this.outlived.splice(0))
      if (this.listens(socket)) socket.send(this.greeting("hello"));
    const frames = told.map(({ type, data }) => {
      this.seq += 1;
      const frame = { seq: this.seq, type, company_id: this.where.company_id, data: portalIncident(data) };
      return { seq: this.seq, text: JSON.stringify(frame satisfies PortalFrame) };
    });
    this.kept = [...this.kept, ...frames].slice(-KEPT);
    for (const socket of sockets) if (this.listens(socket)) for (const { text } of frames) socket.send(text);
  }

  private listens(socket: WebSocket): boolean {
    const listener = currentListener(socket);
    return listener !== null && this.mayListen(listener).ok;
  }

  /** The greeting, then what was missed since `?since=` of `?epoch=`, or that it is to be read anew. */
  greet(socket: WebSocket, params: URLSearchParams): void {
    socket.send(this.greeting("hello"));
    const since = params.get("since");
    if (since === null) return;
    const known = params.get("epoch") === this.epoch && /^\d{1,15}$/.test(since);
    const missed = known ? this.after(Number(since)) : null;
    if (missed) for (const { text } of missed) socket.send(text);
    else socket.send(this.greeting("resync"));
  }

  private after(since: number) {
    if (since > this.seq) return null;
    const first = this.kept[0]?.seq ?? this.seq + 1;
    return since + 1 < first ? null : this.kept.filter(({ seq }) => seq > since);
  }

  private greeting(type: "hello" | "resync"): string {
    const { epoch, seq } = this;
    const reason = "what was missed is no longer kept";
    const frame: PortalFrame =
      type === "hello"
        ? { seq, type, company_id: null, data: { epoch, seq } }
        : { seq, type, company_id: null, data: { epoch, seq, reason } };
    return JSON.stringify(frame);
  }
}
