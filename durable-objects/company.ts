import type { Actor } from "../core/actor.ts";
import { ERROR_STATUS, fail, notFound, ok, type Result } from "../core/errors.ts";
import type { Rule } from "../core/policy/rule.ts";
import { runDue } from "./alarm.ts";
import { type Sealed, sealedTexts } from "./aws-access.ts";
import { clock } from "./clock.ts";
import { CompanyCore } from "./company-core.ts";
import { newRecord, policyOf } from "./company-record.ts";
import { CompanyRequests } from "./company-requests.ts";
import { closeIntake, noteRefusals } from "./company-upkeep.ts";
import { Intake } from "./intake.ts";
import { answerClose, closeSockets, LISTENER_HEADER, type Listener, type Whose } from "./listener.ts";
import { applyMspRules, planFirstWindows } from "./policy-changes.ts";
import type { RefusedDelivery } from "./rejections.ts";
import type {
  AcceptAnswer,
  BeatAnswer,
  CompanyInit,
  CompanyRpc,
  Delivery,
  GroupAnswer,
  Policy,
  Ports,
  RefusedBody,
  TopicAnswer,
  TopicArrival,
} from "./rpc.ts";
import { isInitialised, migrateCompany } from "./schema.ts";
import { topicArrives } from "./sns-topics.ts";

/**
 * One company: the only writer of its alerts and incidents. Here is its life, what senders and the platform
 * bring it, and its sockets; what people ask of it is in company-requests.ts. An object that was never
 * initialised answers and writes nothing.
 */
export class CompanyObject<E = unknown> extends CompanyRequests<E> implements CompanyRpc {
  private intake: Intake | null = null;
  private ports: Ports;

  constructor(ctx: DurableObjectState, env: E, ports: Ports) {
    super(ctx, env);
    this.ports = ports;
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
    if (isInitialised(ctx.storage.sql)) this.open();
  }

  private open(): CompanyCore {
    migrateCompany(this.ctx.storage.sql);
    const core = new CompanyCore(this.ctx.storage, this.ports, () => this.ctx.getWebSockets());
    this.core = core;
    this.intake = new Intake(core);
    return core;
  }

  async init(input: CompanyInit): Promise<Result<null>> {
    if (this.core) {
      const same =
        this.core.record.msp_id === input.msp_id && this.core.record.company_id === input.company_id;
      return same ? ok(null) : fail("conflict", "This company exists already.");
    }
    this.ctx.storage.transactionSync(() => {
      migrateCompany(this.ctx.storage.sql);
      const record = JSON.stringify(newRecord(input, clock.now()));
      this.ctx.storage.sql.exec("INSERT INTO meta VALUES ('company', ?)", record);
    });
    const core = this.open();
    // No await since the record was written: both are kept or neither is.
    if (input.windows) planFirstWindows(core, input.windows);
    return ok(null);
  }

  async policy(): Promise<Policy | null> {
    return this.core && policyOf(this.core.record, clock.now());
  }

  async accept(delivery: Delivery): Promise<AcceptAnswer> {
    const [answer] = await this.acceptEach([delivery]);
    if (!answer || answer.kind === "failed") throw new Error(answer?.detail ?? "no answer");
    return answer;
  }

  async acceptAll(packed: string): Promise<string> {
    return JSON.stringify(await this.acceptEach(JSON.parse(packed) as Delivery[]));
  }

  private acceptEach(deliveries: Delivery[]): Promise<GroupAnswer[]> {
    if (this.intake && deliveries.length > 0) return this.intake.acceptAll(deliveries);
    return Promise.resolve(deliveries.map(() => ({ kind: "unknown_key", gone: true })));
  }

  async reportRejections(items: RefusedDelivery[]): Promise<void> {
    if (this.core) noteRefusals(this.core, items);
  }

  async sealedTexts(): Promise<Sealed | null> {
    return this.core && sealedTexts(this.core);
  }

  async resealed(pairs: { old: string; new: string }[]): Promise<void> {
    this.core?.reseal(new Map(pairs.map((pair) => [pair.old, pair.new])));
  }

  async topicArrives(arrival: TopicArrival): Promise<TopicAnswer> {
    return this.core ? topicArrives(this.core, arrival) : "unknown_key";
  }

  async close(actor: Actor): Promise<Result<null>> {
    const found = this.for(actor, "company.delete");
    if (!found.ok) return found;
    closeIntake(found.value, actor);
    for (const socket of this.ctx.getWebSockets()) socket.close(4002, "company deleted");
    return ok(null);
  }

  async erase(actor: Actor): Promise<Result<null>> {
    const closed = await this.close(actor);
    if (!closed.ok || !this.core) return closed;
    await this.core.relay.stop();
    [this.core, this.intake] = [null, null];
    await this.ctx.storage.deleteAlarm();
    await this.ctx.storage.deleteAll();
    return ok(null);
  }

  async applyMspRules(mspId: string, rules: Rule[]): Promise<Result<null>> {
    if (this.core?.record.msp_id !== mspId) return notFound();
    return applyMspRules(this.core, rules);
  }

  /** Of a key that opens the intake, whatever the policy's version. */
  private keyed(keyHash: string): CompanyCore | null {
    const { core, intake } = this;
    const given = { key_hash: keyHash, policy_version: core?.record.version ?? 0 };
    return core && intake && !intake.refuse(given) ? core : null;
  }

  async keepLetter(refused: RefusedBody): Promise<boolean> {
    const core = this.keyed(refused.key_hash);
    core?.letters.keep(refused);
    return core !== null;
  }

  async keepSample(keyHash: string, body: string): Promise<void> {
    this.keyed(keyHash)?.samples.keep(body);
  }

  async beat({ id, ...given }: Parameters<CompanyRpc["beat"]>[0]): Promise<BeatAnswer> {
    return this.intake?.beat(given, id) ?? { kind: "unknown_key", gone: true };
  }

  async closeListeners(whose: Whose): Promise<void> {
    closeSockets(this.ctx.getWebSockets(), whose);
  }

  /** The company's live stream for its clients. The Worker has authenticated the caller and says so. */
  override async fetch(request: Request): Promise<Response> {
    const listener = JSON.parse(request.headers.get(LISTENER_HEADER) ?? "null") as Listener | null;
    const { core } = this;
    if (!listener) return new Response(null, { status: 401 });
    const allowed = core?.portal.mayListen(listener);
    if (!core || !allowed?.ok) {
      const status = allowed && !allowed.ok ? ERROR_STATUS[allowed.error.code] : 404;
      return new Response(null, { status });
    }
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server);
    server.serializeAttachment(listener);
    core.portal.greet(server, new URL(request.url).searchParams);
    return new Response(null, { status: 101, webSocket: client });
  }

  override async webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    if (message === "ping") socket.send("pong");
  }

  override async webSocketClose(socket: WebSocket, code: number): Promise<void> {
    answerClose(socket, code);
  }

  override async webSocketError(socket: WebSocket): Promise<void> {
    socket.close(1011, "socket failed");
  }

  async wake(): Promise<number | null> {
    const { core } = this;
    if (!core) return null;
    await runDue(core);
    await core.relay.flush();
    return core.deadlines.earliest();
  }

  override async alarm(): Promise<void> {
    const { core } = this;
    if (!core) return;
    core.deadlines.fired();
    await runDue(core);
  }
}
