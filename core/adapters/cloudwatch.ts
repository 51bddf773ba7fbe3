import type { Adapter } from "./adapter.ts";
import { cloudwatchGuide } from "./aws-guides.ts";
import { parseAws } from "./aws-message.ts";

/** Alarms through SNS: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html */
export const cloudwatch: Adapter = {
  tool: "cloudwatch",
  // SNS retries on 429 as well as on 5xx.
  retriesOnlyOn5xx: false,
  parse: (body) => parseAws("cloudwatch", body),
  guide: cloudwatchGuide,
};
