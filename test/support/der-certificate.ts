/** Just enough DER (X.690) to sign a certificate of one's own: RFC 5280, RSA with SHA-256. */
type Bytes = Uint8Array<ArrayBuffer>;
const joined = (parts: Uint8Array[]): Bytes => new Uint8Array(Buffer.concat(parts));

function node(tag: number, ...parts: Uint8Array[]): Bytes {
  const content = joined(parts);
  const n = content.length;
  const size = n < 128 ? [n] : n < 256 ? [0x81, n] : [0x82, n >> 8, n & 255];
  return joined([new Uint8Array([tag, ...size]), content]);
}
const hex = (digits: string) => new Uint8Array(Buffer.from(digits, "hex"));
const ascii = (text: string) => new TextEncoder().encode(text);
const sequence = (...parts: Uint8Array[]) => node(0x30, ...parts);

const SHA256_WITH_RSA = sequence(node(0x06, hex("2a864886f70d01010b")), node(0x05));
const nameOf = (cn: string) =>
  sequence(node(0x31, sequence(node(0x06, hex("550403")), node(0x0c, ascii(cn)))));
const timeOf = (ms: number) =>
  node(0x18, ascii(`${new Date(ms).toISOString().replace(/[-:T]|\.\d+Z$/g, "")}Z`));

export const RSA = {
  name: "RSASSA-PKCS1-v1_5",
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
};

/** @returns PEM, self-signed; `from` and `to` in epoch ms */
export async function selfSigned(cn: string, from: number, to: number, keys: CryptoKeyPair): Promise<string> {
  const spki = new Uint8Array((await crypto.subtle.exportKey("spki", keys.publicKey)) as ArrayBuffer);
  const serial = node(0x02, new Uint8Array([1]));
  const validity = sequence(timeOf(from), timeOf(to));
  const version = node(0xa0, node(0x02, new Uint8Array([2])));
  const body = sequence(version, serial, SHA256_WITH_RSA, nameOf(cn), validity, nameOf(cn), spki);
  const signature = new Uint8Array(await crypto.subtle.sign(RSA.name, keys.privateKey, body));
  const der = sequence(body, SHA256_WITH_RSA, node(0x03, new Uint8Array([0]), signature));
  const lines =
    Buffer.from(der)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}
