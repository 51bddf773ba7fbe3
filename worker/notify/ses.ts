import { AwsClient } from "aws4fetch";
import type { Env } from "../env.ts";
import type { RenderedMail } from "./render.ts";
import type { Sent } from "./transport.ts";

const TIMEOUT_MS = 10_000;
/** Codes after which the same mail may still go out; all other 4xx are final. */
const AGAIN = new Set([
  "TooManyRequestsException",
  "LimitExceededException",
  "ThrottlingException",
  "SendingPausedException",
  "AccountSuspendedException",
  "MailFromDomainNotVerifiedException",
  "ExpiredTokenException",
  "UnrecognizedClientException",
  "InvalidSignatureException",
]);

export interface SesSettings {
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  endpoint: string;
  from: string;
}

/** null unless everything that sending needs is set. */
export function sesSettings(env: Env): SesSettings | null {
  const { AWS_REGION: region, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = env;
  const from = env.MAIL_FROM;
  if (!region || !accessKeyId || !secretAccessKey || !from) return null;
  const endpoint = (env.AWS_ENDPOINT_URL || `https://email.${region}.amazonaws.com`).replace(/\/+$/, "");
  return { region, accessKeyId, secretAccessKey, endpoint, from };
}

const utf8 = (Data: string) => ({ Data, Charset: "UTF-8" });

/** The name of an error: in a header, with a part after the colon, or in the body. */
function errorCode(header: string | null, body: string): string {
  const named = header?.split(":")[0] || /"__type"\s*:\s*"([^"]+)"/.exec(body)?.[1] || "";
  return named.split("#").at(-1)?.slice(0, 80) ?? "";
}

/** SES v2 SendEmail. There is no idempotency token: an answer that got lost may mean a second mail. */
export async function sendBySes(settings: SesSettings, to: string, mail: RenderedMail): Promise<Sent> {
  const { region, accessKeyId, secretAccessKey, endpoint, from } = settings;
  const aws = new AwsClient({ region, accessKeyId, secretAccessKey, service: "ses", retries: 0 });
  try {
    const answer = await aws.fetch(`${endpoint}/v2/email/outbound-emails`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({
        FromEmailAddress: from,
        Destination: { ToAddresses: [to] },
        Content: {
          Simple: { Subject: utf8(mail.subject), Body: { Text: utf8(mail.text), Html: utf8(mail.html) } },
        },
      }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const body = await answer.text();
    if (answer.ok) return { ok: true, provider_id: /"MessageId"\s*:\s*"([^"]+)"/.exec(body)?.[1] ?? null };
    const code = errorCode(answer.headers.get("x-amzn-ErrorType"), body);
    const again = answer.status >= 500 || answer.status === 429 || answer.status === 408 || AGAIN.has(code);
    return { ok: false, again, error: `SES answered ${answer.status} ${code}`.trim() };
  } catch (error) {
    return { ok: false, again: true, error: `SES was not reached: ${(error as Error).name}` };
  }
}
