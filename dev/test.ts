import { runAllSuites } from "./lib/test-suites.ts";

/** `npm test`: what CI runs. Arguments go to vitest, for example a file name. */
process.exit(await runAllSuites(process.argv.slice(2)));
