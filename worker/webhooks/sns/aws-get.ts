import type { Env } from "../../env.ts";

const TIMEOUT_MS = 5000;

/**
 * Where a request for AWS goes: to AWS, except in a build for local runs whose operator names a stand-in. What
 * is deployed does not contain the exception.
 */
function addressFor(env: Env, url: URL): string {
  if (LOCAL_MAILBOX && env.ENVIRONMENT === "local" && env.SNS_ENDPOINT_URL)
    return `${env.SNS_ENDPOINT_URL.replace(/\/+$/, "")}${url.pathname}${url.search}`;
  return url.href;
}

/** At most `max` bytes of text, or null where AWS is away or answers anything but 200; redirects are not followed. */
export async function awsGet(env: Env, url: URL, max: number): Promise<string | null> {
  try {
    const answer = await fetch(addressFor(env, url), {
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (answer.status !== 200 || !answer.body) {
      await answer.body?.cancel();
      return null;
    }
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of answer.body as ReadableStream<Uint8Array>) {
      size += chunk.byteLength;
      if (size > max) return null;
      chunks.push(chunk);
    }
    return new TextDecoder().decode(Buffer.concat(chunks));
  } catch {
    return null;
  }
}
