import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPublicAddress, outboundUrlProblem } from "../../core/outbound-url.ts";

describe("where the service may send requests to", () => {
  it.each([
    "https://hooks.acme.io/a?b=c",
    "https://8.8.8.8/",
    "https://[2606:4700::1111]/",
    "https://sub.localhost.com/",
    "https://xn--bcher-kva.ch/",
  ])("takes %s", (url) => {
    expect(outboundUrlProblem(url)).toBeNull();
  });

  it.each([
    ["http://hooks.acme.io/", "https"],
    ["ftp://hooks.acme.io/", "https"],
    ["javascript:alert(1)", "https"],
    ["file:///etc/passwd", "https"],
    ["//hooks.acme.io", "no URL"],
    ["https://user@hooks.acme.io/", "user name"],
    ["https://:pw@hooks.acme.io/", "user name"],
    ["https://hooks.acme.io:8443/", "port"],
    ["https://hooks.acme.io:22/", "port"],
    [`https://hooks.acme.io/${"a".repeat(2000)}`, "longer"],
    ["https://localhost/", "public"],
    ["https://LOCALHOST./", "public"],
    ["https://a.localhost/", "public"],
    ["https://intranet/", "public"],
    ["https://db.internal/", "public"],
    ["https://metadata.google.internal/computeMetadata/v1/", "public"],
    ["https://printer.local/", "public"],
    ["https://router.home.arpa/", "public"],
    ["https://127.0.0.1/", "public"],
    ["https://127.1/", "public"],
    ["https://2130706433/", "public"],
    ["https://0x7f.0.0.1/", "public"],
    ["https://0177.0.0.1/", "public"],
    ["https://1２7.0.0.1/", "public"],
    ["https://0.0.0.0/", "public"],
    ["https://10.1.2.3/", "public"],
    ["https://100.100.100.200/", "public"],
    ["https://169.254.169.254/latest/meta-data/", "public"],
    ["https://172.31.255.255/", "public"],
    ["https://192.168.0.1/", "public"],
    ["https://224.0.0.1/", "public"],
    ["https://255.255.255.255/", "public"],
    ["https://[::]/", "public"],
    ["https://[::1]/", "public"],
    ["https://[::ffff:127.0.0.1]/", "public"],
    ["https://[::ffff:a00:1]/", "public"],
    ["https://[64:ff9b::7f00:1]/", "public"],
    ["https://[2002:7f00:1::]/", "public"],
    ["https://[2001:0:7f00:1::]/", "public"],
    ["https://[fe80::1]/", "public"],
    ["https://[fd00:ec2::254]/", "public"],
    ["https://[ff02::1]/", "public"],
  ])("refuses %s", (url, why) => {
    expect(outboundUrlProblem(url)).toContain(why);
  });

  it("never takes an address of a private network, however it is written", () => {
    const octet = fc.integer({ min: 0, max: 255 });
    const privateV4 = fc.oneof(
      fc.tuple(fc.constant(10), octet, octet, octet),
      fc.tuple(fc.constant(127), octet, octet, octet),
      fc.tuple(fc.constant(192), fc.constant(168), octet, octet),
      fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), octet, octet),
      fc.tuple(fc.constant(169), fc.constant(254), octet, octet),
    );
    fc.assert(
      fc.property(privateV4, ([a, b, c, d]) => {
        const number = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
        const hex = (n: number) => n.toString(16);
        for (const host of [
          [a, b, c, d].join("."),
          String(number),
          `0x${hex(number)}`,
          [a, b, c, d].map((n) => `0${n.toString(8)}`).join("."),
          `[::ffff:${hex(number >>> 16)}:${hex(number & 0xffff)}]`,
        ])
          expect(outboundUrlProblem(`https://${host}/`), host).toContain("public");
      }),
    );
  });

  it("knows public addresses of both kinds", () => {
    expect(["1.1.1.1", "2a00:1450::1", "::ffff:8.8.8.8"].map(isPublicAddress)).toEqual([true, true, true]);
    expect(["", "nonsense", "10.0.0.1", "::1", "2001:db8::1"].some(isPublicAddress)).toBe(false);
  });
});
