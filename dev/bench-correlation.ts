import { main } from "../test/bench/correlation/main.ts";

/** `npm run bench:correlation`: scores grouping on labelled streams. Prints, and gates nothing. */
await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
