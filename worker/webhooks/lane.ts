import type { AcceptAnswer, Delivery } from "../../durable-objects/rpc.ts";

/** Deliveries of one call, and the bytes of their bodies: an RPC message may have 32 MiB. */
const GROUP_MAX = 128;
const BYTES_MAX = 4 * 1024 * 1024;
/** A call that takes longer was lost with the request that made it; whoever waits makes a new one. */
const LOST_AFTER_MS = 5000;
/** The first of a burst waits this long at most for those that are on their way. */
const GATHER_MS = 5;

export interface Waiting {
  delivery: Delivery;
  bytes: number;
  turn: (turn: Turn) => void;
  /** The call it went with. */
  call: Call | null;
}

/** One call to the object. */
export interface Call {
  /** Epoch ms. */
  began: number;
  group: Waiting[];
}

export type Turn =
  | { kind: "answer"; answer: AcceptAnswer }
  | { kind: "failed"; error: unknown }
  | { kind: "lead"; call: Call };

const lost = ({ began }: Call) => Date.now() - began > LOST_AFTER_MS;

/**
 * Deliveries of one company in this isolate, on their way to its object: one call at a time, and what comes
 * meanwhile shares the next. Whoever is there first does not go alone while others of the same burst are
 * being read and verified: the last of them makes the call for all.
 */
export class Lane {
  private waiting: Waiting[] = [];
  /** The call under way. */
  private call: Call | null = null;
  private coming = 0;
  /** Those counted before it are waited for no more. */
  private counting = 0;

  /** Nothing is here, on its way or under way. */
  get idle(): boolean {
    return this.waiting.length === 0 && this.call === null && this.coming === 0;
  }

  /** Counts a request as on its way; call what it answers when it is here, or will not come. */
  expect(): () => void {
    const { counting } = this;
    let open = true;
    this.coming += 1;
    return () => {
      if (open && counting === this.counting) this.coming -= 1;
      open = false;
    };
  }

  /** Takes its place: a call to make at once, or null where another will call, or tell it to. */
  join(mine: Waiting, arrived: () => void): Call | null {
    this.waiting.push(mine);
    arrived();
    const { call, waiting } = this;
    const go = call ? lost(call) : this.coming === 0 || waiting.length >= GROUP_MAX;
    return go ? this.take(mine) : null;
  }

  /** How long it is to wait before it asks `late`, in ms. */
  patience(mine: Waiting): number {
    return this.call === null && this.waiting[0] === mine ? GATHER_MS : LOST_AFTER_MS;
  }

  /** Of one that has waited so long: its turn, or null where it is to wait on. */
  late(mine: Waiting): Turn | null {
    if (mine.call) return lost(mine.call) ? { kind: "failed", error: new Error("no answer in time") } : null;
    if (this.call && !lost(this.call)) return null;
    // Whoever was counted and did not come may have hung up: nobody waits for it again.
    this.counting += 1;
    this.coming = 0;
    return { kind: "lead", call: this.take(mine) };
  }

  /** The call is over: the next is made by one of those that wait for it. */
  over(call: Call): void {
    if (this.call !== call) return;
    this.call = null;
    this.handOver();
  }

  /** One that was on its way will not come; if it was the last, those that waited for it go. */
  givenUp(gone: () => void): void {
    gone();
    if (this.call === null && this.coming === 0) this.handOver();
  }

  private handOver(): void {
    const [first] = this.waiting;
    if (first) first.turn({ kind: "lead", call: this.take(first) });
  }

  /** A call for the leader, and as many of those that wait as fit, in their order. */
  private take(leader: Waiting): Call {
    const call: Call = { began: Date.now(), group: [] };
    const rest: Waiting[] = [];
    let left = GROUP_MAX - 1;
    let bytes = BYTES_MAX - leader.bytes;
    for (const one of this.waiting) {
      if (one !== leader) {
        if (rest.length > 0 || left === 0 || one.bytes > bytes) {
          rest.push(one);
          continue;
        }
        left -= 1;
        bytes -= one.bytes;
      }
      one.call = call;
      call.group.push(one);
    }
    this.waiting = rest;
    this.call = call;
    return call;
  }
}
