import { afterAll, beforeAll, expect, test } from "vitest";
import { startInstance, type TestInstance } from "../support/instance.ts";

const TRIES = 200;
const FEW = 5;
/** How far the medians may lie apart. */
const TOLERANCE = 0.1;

let instance: TestInstance;
let networks = 0;

beforeAll(async () => {
  instance = await startInstance();
});
afterAll(async () => {
  await instance?.stop();
});

/** One failed sign-in over HTTP, from a network of its own: no try is limited or locked. @returns ms */
async function attempt(email: string): Promise<number> {
  networks += 1;
  const started = performance.now();
  const answer = await fetch(`${instance.url}/api/auth/login`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "cf-connecting-ip": `10.1.${networks >> 8}.${networks & 255}`,
    },
    body: JSON.stringify({ email, password: "not the password" }),
  });
  await answer.text();
  const ms = performance.now() - started;
  expect(answer.status).toBe(401);
  return ms;
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;

test.runIf(process.env.FULL)(
  `the time of ${TRIES} failed sign-ins does not tell whether there is an account`,
  async () => {
    const known: number[] = [];
    const unknown: number[] = [];
    for (let i = 0; i < FEW; i++) await attempt(instance.admin.email);
    for (let i = 0; i < TRIES; i++) {
      // Turn about, so that what else the machine does falls on both alike.
      const first = i % 2 === 0;
      if (first) known.push(await attempt(instance.admin.email));
      unknown.push(await attempt(`nobody-${i}@example.com`));
      if (!first) known.push(await attempt(instance.admin.email));
    }
    const ratio = median(known) / median(unknown);
    console.log(
      `failed sign-ins: ${median(known).toFixed(1)} ms with an account, ${median(unknown).toFixed(1)} ms without`,
    );
    expect(Math.abs(ratio - 1)).toBeLessThan(TOLERANCE);
  },
  600_000,
);
