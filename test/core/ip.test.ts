import { describe, expect, it } from "vitest";
import { ipInList, parseCidr, parseIp } from "../../core/ip.ts";

describe("addresses", () => {
  it("takes v4, v6 and v6 with a v4 in it", () => {
    for (const ip of [
      "0.0.0.0",
      "255.255.255.255",
      "::",
      "::1",
      "2001:db8::1",
      "1:2:3:4:5:6:7:8",
      "::ffff:192.0.2.1",
    ])
      expect(parseIp(ip), ip).not.toBeNull();
    expect(parseIp("::ffff:192.0.2.1")).toBe(parseIp("192.0.2.1"));
    expect(parseIp("::ffff:c000:201")).toBe(parseIp("192.0.2.1"));
    expect(parseIp("2001:DB8:0:0::1")).toBe(parseIp("2001:db8::1"));
    expect(parseIp("1::")).toBe(1n << 112n);
  });

  it("refuses what is not one", () => {
    const wrong = [
      "",
      "1.2.3",
      "1.2.3.4.5",
      "256.1.1.1",
      "01.2.3.4",
      "1.2.3.-4",
      ":",
      ":::",
      "1::2::3",
      "12345::",
    ];
    const more = [
      "1:2:3:4:5:6:7",
      "1:2:3:4:5:6:7:8:9",
      "1:2:3:4:5:6:7::8",
      "g::1",
      "fe80::1%eth0",
      "1.2.3.4::",
      "localhost",
    ];
    for (const ip of [...wrong, ...more]) expect(parseIp(ip), ip).toBeNull();
  });
});

describe("an allowlist", () => {
  it("takes single addresses and ranges, and refuses broken ones", () => {
    for (const entry of ["192.0.2.1", "10.0.0.0/8", "0.0.0.0/0", "::/0", "2001:db8::/32", " 10.0.0.1/32 "])
      expect(parseCidr(entry), entry).not.toBeNull();
    for (const entry of [
      "10.0.0.0/33",
      "10.0.0.0/",
      "10.0.0.0/-1",
      "10.0.0.0/08",
      "::/129",
      "::/1/2",
      "a/8",
      "/8",
    ])
      expect(parseCidr(entry), entry).toBeNull();
  });

  it("knows who is in it", () => {
    const list = ["192.0.2.7", "10.1.0.0/16", "198.51.100.128/25", "2001:db8:aa::/48"];
    for (const ip of ["192.0.2.7", "::ffff:192.0.2.7", "10.1.255.255", "198.51.100.200", "2001:db8:aa:1::9"])
      expect(ipInList(ip, list), ip).toBe(true);
    for (const ip of ["192.0.2.8", "10.2.0.0", "198.51.100.127", "2001:db8:ab::1", "nonsense", ""])
      expect(ipInList(ip, list), ip).toBe(false);
  });

  it("keeps v4 and v6 apart unless a range holds all", () => {
    expect(ipInList("192.0.2.1", ["2001:db8::/32"])).toBe(false);
    expect(ipInList("2001:db8::1", ["0.0.0.0/0"])).toBe(false);
    expect(ipInList("192.0.2.1", ["::/0"])).toBe(true);
    expect(ipInList("192.0.2.1", ["not an entry", "192.0.2.0/24"])).toBe(true);
  });
});
