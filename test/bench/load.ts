import { connect, type Socket } from "node:net";

/** What came of one run over prepared requests. Times in milliseconds. */
export interface Load {
  requests: number;
  seconds: number;
  perSecond: number;
  /** Answers by HTTP status. */
  statuses: Record<number, number>;
  latencies: Float64Array;
  /** Share of one core that making the load took: near 1, the figure would be the generator's own. */
  generatorCpu: number;
}

const HEAD_END = Buffer.from("\r\n\r\n");
const CHUNKED_END = Buffer.from("0\r\n\r\n");

interface Head {
  status: number;
  /** Bytes of the body, or null where it comes in chunks. */
  length: number | null;
  bodyAt: number;
}

function readHead(data: Buffer): Head | null {
  const end = data.indexOf(HEAD_END);
  if (end < 0) return null;
  const text = data.toString("latin1", 0, end);
  const length = /\r\ncontent-length: *(\d+)/i.exec(text)?.[1];
  return {
    status: Number(text.slice(9, 12)),
    length: length === undefined ? null : Number(length),
    bodyAt: end + 4,
  };
}

/** One answer at a time over a kept-alive connection; calls `done` with each answer's status. */
class Answers {
  private parts: Buffer | null = null;
  private left = 0;
  private status = 0;
  private done: (status: number) => void;

  constructor(done: (status: number) => void) {
    this.done = done;
  }

  take(chunk: Buffer): void {
    if (this.left > 0) {
      this.body(chunk.length);
      return;
    }
    const data = this.parts ? Buffer.concat([this.parts, chunk]) : chunk;
    const head = readHead(data);
    const whole = head && (head.length !== null || data.subarray(-CHUNKED_END.length).equals(CHUNKED_END));
    this.parts = whole ? null : data;
    if (!head || !whole) return;
    this.status = head.status;
    this.left = head.length ?? data.length - head.bodyAt;
    this.body(data.length - head.bodyAt);
  }

  private body(bytes: number): void {
    this.left -= bytes;
    if (this.left <= 0) this.done(this.status);
  }
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: "127.0.0.1", port, noDelay: true });
    socket.once("connect", () => resolve(socket));
    socket.once("error", reject);
  });
}

/**
 * Sends prepared HTTP/1.1 requests over `connections` kept-alive sockets, one in flight on each, and nothing
 * else: no parsing of bodies, no signing, no building of requests while the clock runs.
 * @throws when a connection breaks before every answer is there
 */
export async function drive(port: number, requests: readonly Buffer[], connections: number): Promise<Load> {
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)));
  const latencies = new Float64Array(requests.length);
  const statuses: Record<number, number> = {};
  let next = 0;
  const cpu = process.cpuUsage();
  const began = performance.now();
  const one = (socket: Socket): Promise<void> =>
    new Promise((resolve, reject) => {
      let mine = -1;
      let sent = 0;
      const send = (): void => {
        const request = requests[next];
        if (!request) {
          resolve();
          return;
        }
        mine = next++;
        sent = performance.now();
        socket.write(request);
      };
      const answers = new Answers((status) => {
        latencies[mine] = performance.now() - sent;
        statuses[status] = (statuses[status] ?? 0) + 1;
        send();
      });
      socket.on("data", (chunk: Buffer) => answers.take(chunk));
      socket.once("error", reject);
      socket.once("close", () => reject(new Error("the connection was closed under load")));
      send();
    });
  try {
    await Promise.all(sockets.map(one));
  } finally {
    for (const socket of sockets) socket.removeAllListeners("close").destroy();
  }
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return {
    requests: requests.length,
    seconds,
    perSecond: requests.length / seconds,
    statuses,
    latencies,
    generatorCpu: (user + system) / 1e6 / seconds,
  };
}

/** @throws naming the statuses when an answer was not one of `good` */
export function mustBe(load: Load, good: number[], what: string): Load {
  const bad = Object.entries(load.statuses).filter(([status]) => !good.includes(Number(status)));
  if (bad.length > 0)
    throw new Error(`${what}: answers other than ${good}: ${JSON.stringify(load.statuses)}`);
  return load;
}
