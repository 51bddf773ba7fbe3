import { createHmac, randomUUID } from "node:crypto";
import { webhookUrl } from "../lib/banner.ts";
import type { LocalCompany } from "../lib/secrets-file.ts";
import type { DemoAlert } from "./scenarios.ts";

/** Posts alerts to a company's webhook, signed as any sender must. @returns the status */
export async function send(origin: string, company: LocalCompany, alerts: DemoAlert[]): Promise<number> {
  const body = JSON.stringify(alerts.length === 1 ? alerts[0] : alerts);
  const timestamp = Math.floor(Date.now() / 1000);
  const signature = createHmac("sha256", company.hmac_secret).update(`${timestamp}.${body}`).digest("hex");
  const response = await fetch(webhookUrl(origin, company), {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-timestamp": String(timestamp),
      "x-signature": `sha256=${signature}`,
      "x-delivery-id": randomUUID(),
    },
    body,
  });
  await response.arrayBuffer();
  return response.status;
}
