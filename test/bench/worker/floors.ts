import { DurableObject } from "cloudflare:workers";

interface Env {
  FLOOR: DurableObjectNamespace<Floor>;
}

const HEADERS = { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" };
const answer = () => new Response(JSON.stringify({ status: "received" }), { status: 202, headers: HEADERS });

/** The least that the same platform does for the same request: what the product is measured against. */
export class Floor extends DurableObject<Env> {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    ctx.storage.sql.exec("CREATE TABLE IF NOT EXISTS rows (id INTEGER PRIMARY KEY, data TEXT NOT NULL)");
  }

  /** A call that carries the body and does nothing. */
  async take(_body: string): Promise<boolean> {
    return true;
  }

  async insert(body: string): Promise<boolean> {
    this.ctx.storage.sql.exec("INSERT INTO rows (data) VALUES (?)", body);
    return true;
  }

  /** Parse, and a row for each alert, in one transaction. */
  async insertAll(body: string): Promise<number> {
    const alerts = JSON.parse(body) as unknown[];
    this.ctx.storage.transactionSync(() => {
      for (const alert of alerts)
        this.ctx.storage.sql.exec("INSERT INTO rows (data) VALUES (?)", JSON.stringify(alert));
    });
    return alerts.length;
  }

  async echo(body: string): Promise<boolean> {
    for (const socket of this.ctx.getWebSockets()) socket.send(body);
    return true;
  }

  override async fetch(): Promise<Response> {
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server);
    return new Response(null, { status: 101, webSocket: client });
  }
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const path = new URL(request.url).pathname;
    // Each floor is an object of its own; the echo's load comes to the very object that echoes.
    const floor = env.FLOOR.get(env.FLOOR.idFromName(path.replace("-silent", "")));
    switch (path) {
      case "/bare":
        await request.text();
        return answer();
      case "/object":
      case "/echo-silent":
        await floor.take(await request.text());
        return answer();
      case "/insert":
        await floor.insert(await request.text());
        return answer();
      case "/insert-all":
        await floor.insertAll(await request.text());
        return answer();
      case "/echo":
        if (request.headers.get("upgrade")) return floor.fetch(request);
        await floor.echo(await request.text());
        return answer();
      default:
        return new Response("no such floor", { status: 404 });
    }
  },
} satisfies ExportedHandler<Env>;
