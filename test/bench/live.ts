import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { drive, mustBe } from "./load.ts";
import { bodies, signedPost, stormAlert } from "./requests.ts";
import { CONNECTIONS, quantile } from "./rounds.ts";
import type { Product, System } from "./systems.ts";

/** What the product gathers events for before a frame goes out. */
export const COALESCING_MS = 100;
const MARKS = 120;
const EVERY_MS = 40;
const LATEST_MS = 10_000;

export interface LiveFigures {
  p50: number;
  p99: number;
  marks: number;
}

/** Where marks are posted and frames come out. */
interface Line {
  port: number;
  socketUrl: string;
  cookie: string;
  mark(name: string): Buffer;
  background(): Buffer[];
}

/** Marks go to one path, the load beside them to another; undefined: the webhook. */
function posts({ company }: Product, markAt?: string, loadAt?: string): Pick<Line, "mark" | "background"> {
  return {
    mark: (name) => signedPost(company, JSON.stringify({ ...stormAlert(0), asset_name: name }), markAt),
    background: () => bodies(stormAlert, 60_000, "single").map((body) => signedPost(company, body, loadAt)),
  };
}

export function productLine(product: Product): Line {
  const { port, api } = product;
  return { port, socketUrl: `ws://127.0.0.1:${port}/api/live`, cookie: api.cookie, ...posts(product) };
}

/** The object that echoes; its background are calls of the same object that echo nothing. */
export function echoLine({ port }: System, product: Product): Line {
  const socketUrl = `ws://127.0.0.1:${port}/echo`;
  return { port, socketUrl, cookie: "", ...posts(product, "/echo", "/echo-silent") };
}

const open = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host: "127.0.0.1", port, noDelay: true });
    socket.once("connect", () => resolve(socket));
    socket.once("error", reject);
  });

/** Frames as text, to whoever reads them; closed by the function it answers. */
async function listen(line: Line, onFrame: (text: string) => void): Promise<() => void> {
  // Node's own WebSocket takes headers, which the browser's type does not know.
  const headers = { cookie: line.cookie, origin: `http://127.0.0.1:${line.port}` };
  const socket = new WebSocket(line.socketUrl, { headers } as unknown as string[]);
  socket.onmessage = ({ data }) => onFrame(String(data));
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error(`no WebSocket at ${line.socketUrl}`));
  });
  return () => socket.close();
}

/**
 * Posts marked alerts at a steady pace, the pace's own phase drifting against any timer, and takes the time
 * from the request's first byte to the frame that names it. @throws when one is never seen
 */
async function marks(line: Line, prefix: string): Promise<LiveFigures> {
  const sentAt = new Map<string, number>();
  const took: number[] = [];
  const close = await listen(line, (text) => {
    const now = performance.now();
    for (const [name] of text.matchAll(/live-mark-[\w-]+/g)) {
      const sent = sentAt.get(name);
      if (sent === undefined) continue;
      took.push(now - sent);
      sentAt.delete(name);
    }
  });
  const sockets = await Promise.all(Array.from({ length: 4 }, () => open(line.port)));
  for (const socket of sockets) socket.resume();
  const requests = Array.from({ length: MARKS }, (_, n) => {
    const name = `live-mark-${prefix}-${n}`;
    return { name, bytes: line.mark(name) };
  });
  for (const [n, { name, bytes }] of requests.entries()) {
    sentAt.set(name, performance.now());
    sockets[n % sockets.length]?.write(bytes);
    await sleep(EVERY_MS + Math.random() * 7);
  }
  for (let waited = 0; sentAt.size > 0 && waited < LATEST_MS; waited += 20) await sleep(20);
  close();
  for (const socket of sockets) socket.destroy();
  if (sentAt.size > 0) throw new Error(`${sentAt.size} of ${MARKS} alerts came in no frame`);
  return { p50: quantile(took, 0.5), p99: quantile(took, 0.99), marks: took.length };
}

let series = 0;

/** As `marks`, alone or while 64 connections post as fast as they can. */
export async function latency(line: Line, underLoad: boolean): Promise<LiveFigures> {
  series += 1;
  if (!underLoad) return await marks(line, String(series));
  const background = line.background();
  let over = false;
  const loading = (async () => {
    for (let at = 0; !over && at < background.length; at += 1000)
      mustBe(
        await drive(line.port, background.slice(at, at + 1000), CONNECTIONS),
        [202],
        "the background load",
      );
  })();
  await sleep(300);
  const figures = await marks(line, String(series));
  over = true;
  await loading;
  return figures;
}
