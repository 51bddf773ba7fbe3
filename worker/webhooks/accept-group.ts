import type { AcceptAnswer, Delivery, GroupAnswer } from "../../durable-objects/rpc.ts";
import { companyStub } from "../company-stub.ts";
import type { Env } from "../env.ts";
import { type Call, Lane, type Turn, type Waiting } from "./lane.ts";

const lanes = new Map<string, Lane>();

function laneOf(companyId: string): Lane {
  const known = lanes.get(companyId);
  if (known) return known;
  const lane = new Lane();
  lanes.set(companyId, lane);
  return lane;
}

function tidy(companyId: string, lane: Lane): void {
  if (lane.idle && lanes.get(companyId) === lane) lanes.delete(companyId);
}

/** A request of a company whose delivery is being read and verified. */
export interface Coming {
  companyId: string;
  lane: Lane;
  arrived: () => void;
}

/** Announces it, so that others of the same burst go with it. It must end in `acceptGrouped` or `notComing`. */
export function coming(companyId: string): Coming {
  const lane = laneOf(companyId);
  return { companyId, lane, arrived: lane.expect() };
}

/** Of one that was refused, or answered otherwise; nothing happens where it came. */
export function notComing({ companyId, lane, arrived }: Coming): void {
  lane.givenUp(arrived);
  tidy(companyId, lane);
}

/** Sends a group and tells each of it its answer. */
async function lead(env: Env, companyId: string, lane: Lane, call: Call): Promise<void> {
  const { group } = call;
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
    lane.over(call);
    tidy(companyId, lane);
  }
}

/**
 * Hands a delivery to its company's object and answers what became of it; throws when it is not known to
 * be durable. Alone it goes at once; a burst shares its calls (`Lane`). `ctx` keeps a call alive whose own
 * sender has hung up, since others wait for it.
 */
export async function acceptGrouped(
  env: Env,
  ctx: ExecutionContext,
  { companyId, lane, arrived }: Coming,
  delivery: Delivery,
  bytes: number,
): Promise<AcceptAnswer> {
  const mine: Waiting = { delivery, bytes, turn: () => {}, call: null };
  const call = lane.join(mine, arrived);
  const turn: Turn = call ? { kind: "lead", call } : await ownTurn(lane, mine);
  if (turn.kind !== "lead") return settled(turn);
  const last = Promise.withResolvers<Turn>();
  mine.turn = last.resolve;
  ctx.waitUntil(lead(env, companyId, lane, turn.call));
  return settled(await last.promise);
}

/**
 * Waits until another request's call tells this one its answer, or that it is to make the next call. The timer
 * bounds the wait, and it keeps the request alive: without I/O of its own the runtime could take it for hung.
 */
async function ownTurn(lane: Lane, mine: Waiting): Promise<Turn> {
  // Not `new Promise`: the runtime carries on in the waiter's own context only for promises that its
  // engine made through a builtin; one that compiled code made inline goes on in the context that settles it.
  const { promise, resolve } = Promise.withResolvers<Turn>();
  mine.turn = resolve;
  const late = () => {
    const turn = lane.late(mine);
    if (turn) resolve(turn);
    else timer = setTimeout(late, lane.patience(mine));
  };
  let timer = setTimeout(late, lane.patience(mine));
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
  }
}

function settled(turn: Turn): AcceptAnswer {
  if (turn.kind === "answer") return turn.answer;
  throw turn.kind === "failed" ? turn.error : new Error("a group was led twice");
}
