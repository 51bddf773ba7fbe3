import type { Adapter } from "./adapter.ts";
import { eventbridgeGuide } from "./aws-guides.ts";
import { parseAws } from "./aws-message.ts";

/** Events by an API destination or through SNS: https://docs.aws.amazon.com/eventbridge/latest/ref/events-structure.html */
export const eventbridge: Adapter = {
  tool: "eventbridge",
  retriesOnlyOn5xx: false,
  parse: (body) => parseAws("eventbridge", body),
  guide: eventbridgeGuide,
};
