import { setTimeout as sleep } from "node:timers/promises";
import { drive, mustBe } from "./load.ts";
import { bodies, signedPost, stormAlert } from "./requests.ts";
import { CONNECTIONS } from "./rounds.ts";
import { startProduct } from "./systems.ts";

export const POSTS = 10_000;
/** Longer than anything the objects put off: the lists, the checkpoint, the outbox. */
const SETTLE_MS = 15_000;

interface Counts {
  objects: Record<string, number>;
  expiry: Record<string, number>;
  d1: number;
  kept: Record<string, number>;
}

export interface RowFigures {
  posts: number;
  objects: number;
  byTable: Record<string, number>;
  d1: number;
  /** Rows dropped meanwhile, and rows that are kept for a time and have to be dropped some day. */
  expiry: number;
  expiryToCome: number;
  /** The same for the 50 alerts when they first came, each with its incident. */
  first: { objects: number; byTable: Record<string, number>; d1: number };
}

const sum = (rows: Record<string, number>): number => Object.values(rows).reduce((a, b) => a + b, 0);

/** Rows written by a storm of duplicates: 50 known alerts of 10 hosts, 10,000 deliveries. */
export async function rowsWritten(): Promise<RowFigures> {
  const product = await startProduct(true);
  const at = `http://127.0.0.1:${product.port}/bench`;
  const settled = async (): Promise<Counts> => {
    await sleep(SETTLE_MS);
    return (await (await fetch(`${at}/counts?company=${product.company.id}`)).json()) as Counts;
  };
  const send = async (count: number): Promise<void> => {
    const requests = bodies(stormAlert, count, "single").map((body) => signedPost(product.company, body));
    mustBe(await drive(product.port, requests, CONNECTIONS), [202], "counting rows");
  };
  try {
    await fetch(`${at}/reset`);
    await send(50);
    const first = await settled();
    await fetch(`${at}/reset`);
    await send(POSTS);
    const storm = await settled();
    return {
      posts: POSTS,
      objects: sum(storm.objects),
      byTable: storm.objects,
      d1: storm.d1,
      expiry: sum(storm.expiry),
      expiryToCome: sum(storm.kept),
      first: { objects: sum(first.objects), byTable: first.objects, d1: first.d1 },
    };
  } finally {
    await product.stop();
  }
}
