import { createHash, createHmac, type Hash, type Hmac } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
import { vi } from "vitest";

export const SES = {
  AWS_REGION: "eu-central-1",
  AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "secret-of-the-stand-in",
  AWS_ENDPOINT_URL: "https://ses.stand-in.test",
  MAIL_FROM: "Alert Whisperer <alerts@example.com>",
};

type Data = string | ArrayBuffer | ArrayBufferView;
const bytesOf = (data: Data) => {
  if (typeof data === "string") return new TextEncoder().encode(data);
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
};

/** Node's hashes in the shape that the signer asks for. */
class Sha256 {
  private hash: Hash | Hmac;
  constructor(key?: Data) {
    this.hash = key === undefined ? createHash("sha256") : createHmac("sha256", bytesOf(key));
  }
  update(data: Data): void {
    this.hash.update(bytesOf(data));
  }
  async digest(): Promise<Uint8Array> {
    return new Uint8Array(this.hash.digest());
  }
  reset(): void {
    throw new Error("used once");
  }
}

/** What the signature should have been: computed by AWS's own signer, over what arrived. */
async function expectedSignature(request: Request, body: string): Promise<string> {
  const url = new URL(request.url);
  const given = request.headers.get("authorization") ?? "";
  const signed = /SignedHeaders=([^,]+)/.exec(given)?.[1]?.split(";") ?? [];
  const headers = Object.fromEntries(
    signed.map((name) => [name, name === "host" ? url.host : (request.headers.get(name) ?? "")]),
  );
  const signer = new SignatureV4({
    region: SES.AWS_REGION,
    service: "ses",
    credentials: { accessKeyId: SES.AWS_ACCESS_KEY_ID, secretAccessKey: SES.AWS_SECRET_ACCESS_KEY },
    sha256: Sha256,
    applyChecksum: false,
  });
  const stamp = request.headers.get("x-amz-date") ?? "";
  const at = stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z");
  const again = await signer.sign(
    {
      method: request.method,
      protocol: url.protocol,
      hostname: url.hostname,
      path: url.pathname,
      query: {},
      headers,
      body,
    },
    { signingDate: new Date(at) },
  );
  return again.headers.authorization ?? "";
}

const error = (status: number, code: string) =>
  Response.json(
    { message: code },
    { status, headers: { "x-amzn-ErrorType": `${code}:http://aws.example/` } },
  );

interface SesBody {
  FromEmailAddress: string;
  Destination: { ToAddresses: string[] };
  Content: {
    Simple: { Subject: { Data: string; Charset: string }; Body: Record<"Text" | "Html", { Data: string }> };
  };
}

/**
 * SES v2 in place of the network: checks signature and shape as SES does, remembers what it took, and fails
 * the next calls as it is told to. `restore` gives the network back.
 */
export function standInSes() {
  const taken: SesBody[] = [];
  const failures: [status: number, code: string][] = [];
  let calls = 0;
  const spy = vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const request = new Request(input as RequestInfo, init as RequestInit);
    calls += 1;
    if (!request.url.startsWith(`${SES.AWS_ENDPOINT_URL}/v2/email/outbound-emails`))
      return error(404, "NotFoundException");
    const body = await request.text();
    if (request.headers.get("authorization") !== (await expectedSignature(request, body)))
      return error(403, "InvalidSignatureException");
    const failure = failures.shift();
    if (failure) return error(...failure);
    const mail = JSON.parse(body) as SesBody;
    if (!mail.Destination.ToAddresses[0]?.includes("@")) return error(400, "BadRequestException");
    taken.push(mail);
    return Response.json({ MessageId: `ses-${taken.length}` });
  });
  return {
    taken,
    calls: () => calls,
    failNext: (status: number, code: string) => failures.push([status, code]),
    restore: () => spy.mockRestore(),
  };
}
