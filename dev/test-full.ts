import { runAllSuites } from "./lib/test-suites.ts";

/** `npm run test:full`: the same suites with the long ones switched on, for example a hundred kills. */
process.exit(await runAllSuites(process.argv.slice(2), { FULL: "1" }));
