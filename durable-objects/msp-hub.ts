import { DurableObject } from "cloudflare:workers";
import type { Actor } from "../core/actor.ts";
import type { Alert } from "../core/alert.ts";
import { type ChainHead, EMPTY_CHAIN } from "../core/audit-chain.ts";
import { notFound, ok, type Result } from "../core/errors.ts";
import type { CompanyEvent, Frame } from "../core/events.ts";
import { type Action, forbidden, may, roleMay } from "../core/permissions.ts";
import { AuditChain } from "./audit-chain.ts";
import { answerClose, closeSockets, currentListener, LISTENER_HEADER, type Listener } from "./listener.ts";
import { frameOf, type Numbered, Ring } from "./ring.ts";
import type { HubPorts, HubRpc } from "./rpc.ts";
import { isInitialised, migrateHub } from "./schema.ts";

/** Alerts kept for the MSP-wide list. */
const RECENT_MAX = 500;

/** The right that an event is for, beyond listening at all. */
const needed = ({ event }: Numbered): Action =>
  event.type === "job_progress" ? "company.export" : "live.read";

/**
 * One MSP's hub: numbers the events of its companies, keeps the newest, and sends each browser those it may
 * see. Sockets hibernate: between two events nothing of this object need be in memory.
 */
export class MspHubObject<E = unknown> extends DurableObject<E> implements HubRpc {
  private ring: Ring | null = null;
  private recent: Map<string, Alert> | null = null;

  private chain: AuditChain | null = null;
  private ports: HubPorts;

  constructor(ctx: DurableObjectState, env: E, ports: HubPorts) {
    super(ctx, env);
    this.ports = ports;
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
    if (isInitialised(ctx.storage.sql)) this.ring = new Ring(ctx.storage.sql);
  }

  private open(mspId: string): Ring {
    if (this.ring) return this.ring;
    migrateHub(this.ctx.storage.sql);
    this.ctx.storage.sql.exec("INSERT OR IGNORE INTO meta VALUES ('msp_id', ?)", mspId);
    this.ring = new Ring(this.ctx.storage.sql);
    return this.ring;
  }

  private get mspId(): string | undefined {
    if (!this.ring) return undefined;
    const rows = this.ctx.storage.sql.exec<{ value: string }>("SELECT value FROM meta WHERE key = 'msp_id'");
    return rows.toArray()[0]?.value;
  }

  async publish(mspId: string, companyId: string, events: CompanyEvent[]): Promise<void> {
    const numbered = this.open(mspId).append(companyId, events);
    if (this.recent) for (const { event } of numbered) this.remember(event);
    this.send(mspId, companyId, numbered);
  }

  async tell(mspId: string, companyId: string, events: CompanyEvent[]): Promise<void> {
    this.send(mspId, companyId, this.open(mspId).append(companyId, events, false));
  }

  async forgetCompany(mspId: string, companyId: string): Promise<void> {
    this.open(mspId).forget(companyId);
    for (const [id, alert] of this.recent ?? []) if (alert.company_id === companyId) this.recent?.delete(id);
  }

  private send(mspId: string, companyId: string, numbered: Numbered[]): void {
    const frames = numbered.map((n) => ({ needs: needed(n), text: JSON.stringify(frameOf(n)) }));
    const where = { msp_id: mspId, company_id: companyId };
    for (const socket of this.ctx.getWebSockets()) {
      const listener = currentListener(socket);
      if (!listener || !may(listener.actor, "live.read", where).ok) continue;
      for (const { needs, text } of frames) if (roleMay(listener.actor.role, needs)) socket.send(text);
    }
  }

  private remember(event: CompanyEvent): void {
    const recent = this.recent;
    if (!recent || event.type !== "alert_received") return;
    for (const alert of event.data.alerts) {
      recent.delete(alert.id);
      recent.set(alert.id, alert);
    }
    for (const id of recent.keys()) {
      if (recent.size <= RECENT_MAX) break;
      recent.delete(id);
    }
  }

  async recentAlerts(actor: Actor, limit: number): Promise<Result<Alert[]>> {
    const { ring, mspId } = this;
    if (!ring || !mspId) return ok([]);
    if (actor.msp_id !== mspId) return notFound();
    if (!roleMay(actor.role, "alerts.read")) return forbidden();
    if (!this.recent) {
      this.recent = new Map();
      for (const { event } of ring.all()) this.remember(event);
    }
    const newest = [...this.recent.values()]
      .reverse()
      .filter(({ company_id }) => may(actor, "alerts.read", { msp_id: mspId, company_id }).ok);
    return ok(newest.slice(0, limit));
  }

  async chainAudit(mspId: string): Promise<void> {
    this.open(mspId);
    if (this.mspId !== mspId) throw new Error("the hub of another MSP");
    await this.auditChain(mspId).run();
  }

  async auditHead(actor: Actor): Promise<Result<ChainHead>> {
    const { mspId } = this;
    if (actor.msp_id !== (mspId ?? actor.msp_id)) return notFound();
    if (!roleMay(actor.role, "audit.verify")) return forbidden();
    return ok(mspId ? await this.auditChain(mspId).head() : EMPTY_CHAIN);
  }

  private auditChain(mspId: string): AuditChain {
    this.chain ??= new AuditChain(this.ctx.storage.sql, this.ports, mspId);
    return this.chain;
  }

  async closeSession(sessionId: string): Promise<void> {
    closeSockets(this.ctx.getWebSockets(), { session_ids: [sessionId] });
  }

  async closeUser(userId: string): Promise<void> {
    closeSockets(this.ctx.getWebSockets(), { user_id: userId });
  }

  /** The Worker has authenticated the caller and says so in LISTENER_HEADER. */
  override async fetch(request: Request): Promise<Response> {
    const listener = JSON.parse(request.headers.get(LISTENER_HEADER) ?? "null") as Listener | null;
    if (!listener) return new Response(null, { status: 401 });
    if (!roleMay(listener.actor.role, "live.read")) return new Response(null, { status: 403 });
    const ring = this.open(listener.actor.msp_id);
    if (this.mspId !== listener.actor.msp_id) return new Response(null, { status: 404 });
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server);
    server.serializeAttachment(listener);
    this.greet(server, listener, ring, new URL(request.url).searchParams);
    return new Response(null, { status: 101, webSocket: client });
  }

  private greet(socket: WebSocket, listener: Listener, ring: Ring, params: URLSearchParams): void {
    const { epoch, seq } = ring;
    const say = (frame: Frame) => socket.send(JSON.stringify(frame));
    say({ seq, type: "hello", company_id: null, data: { epoch, seq } });
    const since = params.get("since");
    if (since === null) return;
    const theirs = params.get("epoch");
    const known = theirs === null || theirs === epoch;
    const missed = known && /^\d{1,15}$/.test(since) ? ring.after(Number(since)) : null;
    if (!missed) {
      const reason = known ? "what was missed is no longer kept" : "the stream began anew";
      say({ seq, type: "resync", company_id: null, data: { epoch, seq, reason } });
      return;
    }
    for (const n of missed) if (this.visible(listener, n)) say(frameOf(n));
  }

  private visible(listener: Listener, n: Numbered): boolean {
    const { actor } = listener;
    return may(actor, needed(n), { msp_id: actor.msp_id, company_id: n.company_id }).ok;
  }

  override async webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    // Browsers have nothing to say here but "ping", which is answered without waking this object.
    if (message === "ping") socket.send("pong");
  }

  override async webSocketClose(socket: WebSocket, code: number): Promise<void> {
    answerClose(socket, code);
  }

  override async webSocketError(socket: WebSocket): Promise<void> {
    socket.close(1011, "socket failed");
  }
}
