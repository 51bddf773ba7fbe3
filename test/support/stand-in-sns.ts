import { type Envelope, type SnsIdentity, snsSigner } from "./sns-signer.ts";

export type { Envelope } from "./sns-signer.ts";

const REGION = "eu-central-1";
export const SNS_HOST = `https://sns.${REGION}.amazonaws.com`;
export const topicArn = (name: string) => `arn:aws:sns:${REGION}:418203957716:${name}`;

/**
 * SNS as an HTTPS subscriber meets it: signs with its own key, serves the certificate, and holds a
 * subscription pending until its SubscribeURL is fetched with the right token. `answer` is its HTTP side.
 */
export async function standInSns(identity: SnsIdentity = {}) {
  const { certPath, pem, signed: sign } = await snsSigner(identity);
  const subscriptions = new Map<string, { token: string; confirmed: number }>();
  const fetched: string[] = [];
  let redirect: string | null = null;

  const signed = (fields: Envelope, version = "2") => sign(fields, version, SNS_HOST);

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
