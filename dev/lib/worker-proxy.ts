import { type IncomingMessage, request, type ServerResponse } from "node:http";
import { connect } from "node:net";
import type { Duplex } from "node:stream";

/** Paths that the Worker answers itself; everything else is a page or a file of Vite's. */
export const isForWorker = (url: string): boolean => /^\/(api|healthz|dev|docs)(\/|\?|$)/.test(url);

const plainError = (to: ServerResponse, detail: string): void => {
  if (!to.headersSent) to.writeHead(502, { "content-type": "application/json" });
  to.end(JSON.stringify({ error: "worker_unavailable", detail }));
};

/** Hands a request on with its Host, so that the Worker sees the address the browser used. */
export function proxyRequest(port: number, message: IncomingMessage, to: ServerResponse): void {
  const { method, url, headers } = message;
  const onward = request({ host: "127.0.0.1", port, method, path: url, headers }, (answer) => {
    to.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    answer.pipe(to);
  });
  onward.on("error", (error) => plainError(to, error.message));
  message.pipe(onward);
}

/** Joins two sockets for a WebSocket: the opening request is repeated word for word. */
export function proxyUpgrade(port: number, message: IncomingMessage, socket: Duplex, head: Buffer): void {
  const onward = connect(port, "127.0.0.1", () => {
    const lines = [`${message.method} ${message.url} HTTP/1.1`];
    for (let at = 0; at < message.rawHeaders.length; at += 2) {
      lines.push(`${message.rawHeaders[at]}: ${message.rawHeaders[at + 1]}`);
    }
    onward.write(`${lines.join("\r\n")}\r\n\r\n`);
    onward.write(head);
    socket.pipe(onward).pipe(socket);
  });
  onward.on("error", () => socket.destroy());
  socket.on("error", () => onward.destroy());
  socket.on("close", () => onward.destroy());
}
