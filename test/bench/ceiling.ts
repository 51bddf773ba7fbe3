import { fork } from "node:child_process";
import { createServer } from "node:net";
import { pathToFileURL } from "node:url";
import { drive } from "./load.ts";
import { bodies, rawPost, stormAlert } from "./requests.ts";
import { CONNECTIONS } from "./rounds.ts";

/** Answers every packet with a ready-made 202: as little as a server can do. */
function serveCanned(): void {
  const body = '{"status":"received"}';
  const answer = Buffer.from(
    `HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  const server = createServer((socket) => {
    socket.setNoDelay(true);
    socket.on("data", () => socket.write(answer));
    socket.on("error", () => socket.destroy());
  });
  server.listen(0, "127.0.0.1", () => process.send?.(server.address()));
  process.on("disconnect", () => process.exit(0));
}

/** Requests a second that the load generator itself can make, against a server that does nothing. */
export async function generatorCeiling(): Promise<number> {
  const child = fork(new URL(import.meta.url), ["canned"], {
    execArgv: ["--disable-warning=ExperimentalWarning"],
  });
  try {
    const { port } = await new Promise<{ port: number }>((resolve, reject) => {
      child.once("message", (message) => resolve(message as { port: number }));
      child.once("error", reject);
    });
    const requests = bodies(stormAlert, 30_000, "single").map((body) => rawPost("/", body));
    await drive(port, requests.slice(0, 5000), CONNECTIONS);
    return (await drive(port, requests, CONNECTIONS)).perSecond;
  } finally {
    child.disconnect();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href && process.argv[2] === "canned") {
  serveCanned();
}
