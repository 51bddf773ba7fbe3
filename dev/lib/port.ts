import { createServer } from "node:net";

/** @returns null when the port can be had, else the reason as a sentence */
export async function portProblem(host: string, port: number): Promise<string | null> {
  return await new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") {
        resolve(
          `Port ${port} on ${host} is taken by another program. Stop it, or choose another port: ` +
            `PORT=${port + 1} npm start`,
        );
      } else if (error.code === "EACCES") {
        resolve(`Port ${port} may not be opened by this user. Choose one above 1023: PORT=8787 npm start`);
      } else {
        resolve(`Port ${port} on ${host} cannot be opened: ${error.message}`);
      }
    });
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(null)));
  });
}

/** @returns the port of the environment's PORT, else `fallback`. @throws when it is no port number */
export function portFromEnvironment(fallback: number): number {
  const text = process.env.PORT;
  if (!text) return fallback;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Error(`PORT is "${text}", which is not a port number between 1 and 65535.`);
  }
  return port;
}

/** @returns a port of 127.0.0.1 that was free a moment ago */
export async function freeLoopbackPort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
