import type { AcceptAnswer, Delivery, GroupAnswer } from "../../durable-objects/rpc.ts";
import { companyStub } from "../company-stub.ts";
import type { Env } from "../env.ts";

/** Deliveries of one call, and the bytes of their bodies: an RPC message may have 32 MiB. */
const GROUP_MAX = 128;
const BYTES_MAX = 4 * 1024 * 1024;
/** A call that takes longer was lost with the request that made it; whoever waits makes a new one. */
const LOST_AFTER_MS = 5000;

type Turn =
  | { kind: "answer"; answer: AcceptAnswer }
  | { kind: "failed"; error: unknown }
  | { kind: "lead"; group: Waiting[] };

interface Waiting {
  delivery: Delivery;
  bytes: number;
  turn: (turn: Turn) => void;
}

interface Lane {
  waiting: Waiting[];
  /** The call under way. One at a time: what comes meanwhile shares the next. */
  flight: { began: number } | null;
}

const lanes = new Map<string, Lane>();

function laneOf(companyId: string): Lane {
  const known = lanes.get(companyId);
  if (known) return known;
  const lane: Lane = { waiting: [], flight: null };
  lanes.set(companyId, lane);
  return lane;
}

function nextGroup(lane: Lane): Waiting[] {
  let bytes = 0;
  let n = 0;
  for (const one of lane.waiting) {
    bytes += one.bytes;
    if (n > 0 && (n >= GROUP_MAX || bytes > BYTES_MAX)) break;
    n += 1;
  }
  return lane.waiting.splice(0, n);
}

/** The next call is made by one of those that wait for it, in that request's own context. */
function handOver(companyId: string, lane: Lane): void {
  const group = nextGroup(lane);
  const [leader] = group;
  if (leader) leader.turn({ kind: "lead", group });
  else lanes.delete(companyId);
}

/** Sends a group and tells each of it its answer. */
async function lead(env: Env, companyId: string, lane: Lane, group: Waiting[]): Promise<void> {
  const flight = { began: Date.now() };
  lane.flight = flight;
  try {
    const packed = JSON.stringify(group.map((one) => one.delivery));
    const answers = JSON.parse(await companyStub(env, companyId).acceptAll(packed)) as GroupAnswer[];
    group.forEach((one, i) => {
      const answer = answers[i] ?? { kind: "failed" as const, detail: "no answer" };
      if (answer.kind === "failed") one.turn({ kind: "failed", error: new Error(answer.detail) });
      else one.turn({ kind: "answer", answer });
    });
  } catch (error) {
    for (const one of group) one.turn({ kind: "failed", error });
  } finally {
    if (lane.flight === flight) {
      lane.flight = null;
      handOver(companyId, lane);
    }
  }
}

/**
 * Hands a delivery to its company's object and answers what became of it; throws when it is not known to
 * be durable. Alone it goes at once. In a burst, those that come while a call is under way share the next
 * one, so a burst costs few object calls. `ctx` keeps a call alive whose own sender has hung up, since
 * others wait for it.
 */
export async function acceptGrouped(
  env: Env,
  ctx: ExecutionContext,
  companyId: string,
  delivery: Delivery,
  bytes: number,
): Promise<AcceptAnswer> {
  const lane = laneOf(companyId);
  const mine: Waiting = { delivery, bytes, turn: () => {} };
  lane.waiting.push(mine);
  const free = lane.flight === null || Date.now() - lane.flight.began > LOST_AFTER_MS;
  const turn: Turn = free ? { kind: "lead", group: nextGroup(lane) } : await ownTurn(lane, mine);
  if (turn.kind !== "lead") return settled(turn);
  const last = Promise.withResolvers<Turn>();
  mine.turn = last.resolve;
  ctx.waitUntil(lead(env, companyId, lane, turn.group));
  return settled(await last.promise);
}

/**
 * Waits until another request's call tells this one its answer, or that it is to make the next call. The timer
 * bounds the wait, and it keeps the request alive: without I/O of its own the runtime could take it for hung.
 */
async function ownTurn(lane: Lane, mine: Waiting): Promise<Turn> {
  // Not `new Promise`: the runtime carries on in the waiter's own context only for promises that its
  // engine made through a builtin; one that compiled code made inline goes on in the context that settles it.
  const { promise, resolve } = Promise.withResolvers<Turn | undefined>();
  mine.turn = resolve;
  const timer = setTimeout(() => resolve(undefined), LOST_AFTER_MS);
  const given = await promise;
  clearTimeout(timer);
  if (given) return given;
  const at = lane.waiting.indexOf(mine);
  if (at < 0) return { kind: "failed", error: new Error("no answer in time") };
  lane.waiting.splice(at, 1);
  return { kind: "lead", group: [mine] };
}

function settled(turn: Turn): AcceptAnswer {
  if (turn.kind === "answer") return turn.answer;
  throw turn.kind === "failed" ? turn.error : new Error("a group was led twice");
}
