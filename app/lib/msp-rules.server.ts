import type { AppLoadContext } from "@remix-run/cloudflare";
import { runIntent } from "./intents.server.ts";
import { ruleIntents } from "./noise.server.ts";

export const MSP_RULES = "/api/msp/rules";

/** Runs one of the forms of the rules for all companies. */
export const runMspRulesAction = (context: AppLoadContext, request: Request) =>
  runIntent(context, request, ruleIntents(MSP_RULES));
