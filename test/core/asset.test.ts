import { describe, expect, it } from "vitest";
import { isNameless, normalizeAssetName, shortName } from "../../core/asset.ts";
import { AssetBook } from "../../core/asset-book.ts";

describe("a host name", () => {
  it.each([
    [
      "web-01",
      ["web-01", " WEB-01 ", "web-01:9100", "Web-01.", "http://web-01:8080/health", "https://me:pw@web-01/"],
    ],
    ["web-01.acme.local", ["WEB-01.acme.local.", "web-01.acme.local:443", "https://web-01.acme.local/x?y#z"]],
    ["10.0.0.7", ["10.0.0.7", "10.0.0.7:9100", "http://10.0.0.7:9090/metrics"]],
    ["2001:db8::7", ["2001:DB8::7", "[2001:db8::7]", "[2001:db8::7]:9100"]],
    ["srv-größe-01", ["srv-größe-01", "SRV-GRÖSSE-01".replace("SS", "ß"), "srv-gro\u0308ße-01"]],
    ["payments queue", ["Payments Queue", " payments queue "]],
  ])("%s", (name, spellings) => {
    for (const spelling of spellings) expect(normalizeAssetName(spelling), spelling).toBe(name);
  });

  it("has a short form where it is an FQDN and no address", () => {
    expect(shortName("web-01.acme.local")).toBe("web-01");
    for (const none of ["web-01", "10.0.0.7", "2001:db8::7", "a queue.with dot", ""])
      expect(shortName(none)).toBeNull();
  });

  it("is none where the tool wrote that it does not know", () => {
    for (const raw of ["", "unknown", "N/A", " none ", "null", "-", "undefined"])
      expect(isNameless(normalizeAssetName(raw)), raw).toBe(true);
    expect(isNameless("localhost")).toBe(false);
  });
});

describe("the assets of a company", () => {
  it("are one, whatever each tool calls it", () => {
    const book = new AssetBook();
    const { key } = book.resolve("web-01", null);
    for (const name of ["WEB-01:9100", "web-01.acme.local", "http://web-01.acme.local:80/", "Web-01"])
      expect(book.resolve(name, null).key, name).toBe(key);
    expect(book.all()).toHaveLength(1);
    expect(book.all()[0]).toMatchObject({ name: "web-01", aliases: ["web-01", "web-01.acme.local"] });
  });

  it("are found by the tool's own id, and learn names by it", () => {
    const book = new AssetBook();
    const { key } = book.resolve("i-0abc", "i-0abc");
    expect(book.resolve("10.0.0.7", "i-0abc")).toMatchObject({ key, learned: ["10.0.0.7"] });
    expect(book.resolve("10.0.0.7:9100", null).key).toBe(key);
  });

  it("stay two where one short name would fit two", () => {
    const book = new AssetBook();
    const a = book.resolve("db.acme.local", null).key;
    const b = book.resolve("db.fabrikam.local", null).key;
    expect(b).not.toBe(a);
    expect([a, b]).not.toContain(book.resolve("db", null).key);
  });

  it("have no key where nothing tells which", () => {
    const book = new AssetBook();
    for (const raw of ["", "unknown", " - "])
      expect(book.resolve(raw, null)).toEqual({ key: "", asset: null, learned: [] });
    expect(book.resolve("unknown", "i-1").key).toBe("id:i-1");
    expect(book.all()).toHaveLength(1);
  });

  it("keep keys, names and numbers over a restart", () => {
    const book = new AssetBook();
    const first = book.resolve("web-01", "i-1");
    book.resolve("db-01", null);
    const again = new AssetBook(JSON.parse(JSON.stringify(book.all())));
    expect(again.resolve("web-01.acme.local", null).key).toBe(first.key);
    expect(again.resolve("new-01", null).asset?.id).toBe(3);
  });

  it("take names that an object has already", () => {
    const book = new AssetBook();
    const keys = ["__proto__", "constructor", "toString"].map((name) => book.resolve(name, null).key);
    expect(keys).toEqual(["__proto__", "constructor", "tostring"]);
    expect(book.resolve("__proto__", null).key).toBe("__proto__");
  });
});
