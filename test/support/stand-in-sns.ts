import { RSA, selfSigned } from "./der-certificate.ts";

const DAY_MS = 86_400_000;
const REGION = "eu-central-1";
export const SNS_HOST = `https://sns.${REGION}.amazonaws.com`;
export const topicArn = (name: string) => `arn:aws:sns:${REGION}:418203957716:${name}`;

export type Envelope = Record<string, string>;
interface Identity {
  cn?: string;
  from?: number;
  to?: number;
}

/**
 * SNS as an HTTPS subscriber meets it: signs with its own key, serves the certificate, and holds a
 * subscription pending until its SubscribeURL is fetched with the right token. `answer` is its HTTP side.
 */
export async function standInSns({ cn = "sns.amazonaws.com", from, to }: Identity = {}) {
  const pair = async (hash: string) =>
    (await crypto.subtle.generateKey({ ...RSA, hash }, true, ["sign", "verify"])) as CryptoKeyPair;
  const keys = await pair("SHA-256");
  const pkcs8 = (await crypto.subtle.exportKey("pkcs8", keys.privateKey)) as ArrayBuffer;
  const sha1 = await crypto.subtle.importKey("pkcs8", pkcs8, { ...RSA, hash: "SHA-1" }, false, ["sign"]);
  const pem = await selfSigned(cn, from ?? Date.now() - DAY_MS, to ?? Date.now() + DAY_MS, keys);
  const certPath = `/SimpleNotificationService-${crypto.randomUUID().replaceAll("-", "")}.pem`;
  const subscriptions = new Map<string, { token: string; confirmed: number }>();
  const fetched: string[] = [];
  let redirect: string | null = null;

  async function signed(fields: Envelope, version = "2"): Promise<Envelope> {
    const names = Object.keys(fields).sort();
    const text = names.map((name) => `${name}\n${fields[name]}\n`).join("");
    const key = version === "1" ? sha1 : keys.privateKey;
    const made = await crypto.subtle.sign(RSA.name, key, new TextEncoder().encode(text));
    return {
      ...fields,
      SignatureVersion: version,
      Signature: Buffer.from(made).toString("base64"),
      SigningCertURL: `${SNS_HOST}${certPath}`,
    };
  }

  return {
    fetched,
    redirectTo: (to: string | null) => {
      redirect = to;
    },
    confirmed: (arn: string) => subscriptions.get(arn)?.confirmed ?? 0,
    subscribe(arn: string, more: Envelope = {}): Promise<Envelope> {
      const token = crypto.randomUUID().replaceAll("-", "");
      subscriptions.set(arn, { token, confirmed: 0 });
      const query = new URLSearchParams({ Action: "ConfirmSubscription", TopicArn: arn, Token: token });
      return signed({
        Type: "SubscriptionConfirmation",
        MessageId: crypto.randomUUID(),
        TopicArn: arn,
        Token: token,
        Message: `You have chosen to subscribe to ${arn}.`,
        SubscribeURL: `${SNS_HOST}/?${query}`,
        Timestamp: new Date().toISOString(),
        ...more,
      });
    },
    unsubscribe(arn: string): Promise<Envelope> {
      return signed({
        Type: "UnsubscribeConfirmation",
        MessageId: crypto.randomUUID(),
        TopicArn: arn,
        Token: "again",
        Message: "You have chosen to deactivate this subscription.",
        SubscribeURL: `${SNS_HOST}/?Action=ConfirmSubscription&TopicArn=${arn}&Token=again`,
        Timestamp: new Date().toISOString(),
      });
    },
    notify(arn: string, message: unknown, more: Envelope = {}, version = "2"): Promise<Envelope> {
      return signed(
        {
          Type: "Notification",
          MessageId: crypto.randomUUID(),
          TopicArn: arn,
          Message: typeof message === "string" ? message : JSON.stringify(message),
          Timestamp: new Date().toISOString(),
          ...more,
        },
        version,
      );
    },
    /** What AWS's hosts answer to a GET. */
    answer(address: string): Response {
      fetched.push(address);
      const url = new URL(address);
      if (redirect) return new Response(null, { status: 302, headers: { location: redirect } });
      if (url.pathname === certPath) return new Response(pem);
      const subscription = subscriptions.get(url.searchParams.get("TopicArn") ?? "");
      if (subscription?.token !== url.searchParams.get("Token"))
        return new Response("InvalidParameter", { status: 400 });
      if (subscription) subscription.confirmed += 1;
      return new Response("<ConfirmSubscriptionResponse/>");
    },
  };
}
export type StandInSns = Awaited<ReturnType<typeof standInSns>>;
