import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AssetRecord, keyOf } from "../../core/asset.ts";
import { AssetBook } from "../../core/asset-book.ts";
import { type AssetFacts, changedAsset, factsOf, identitiesOf, newAsset } from "../../core/asset-edit.ts";
import type { Result } from "../../core/errors.ts";

const NOW = Date.parse("2026-03-01T10:00:00Z");

function facts(more: Partial<AssetFacts> = {}): AssetFacts {
  const none = { ip: null, instance_id: null, os: null, notes: null };
  return {
    ...none,
    name: "web-01",
    type: "server",
    environment: "production",
    tags: [],
    aliases: [],
    depends_on: [],
    ...more,
  };
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.detail);
  return result.value;
}

function add(book: AssetBook, more: Partial<AssetFacts>): AssetRecord {
  const made = must(newAsset(book, facts(more), "manual", NOW));
  book.put(made);
  return made;
}

function change(book: AssetBook, record: AssetRecord, patch: Partial<AssetFacts>): AssetRecord {
  const next = must(changedAsset(book, record, patch));
  book.put(next);
  return next;
}

describe("an asset somebody wrote down", () => {
  it("is what later alerts mean, in every way a tool names it", () => {
    const book = new AssetBook();
    const { id } = add(book, {
      name: "Shop front",
      ip: "10.0.0.7",
      instance_id: "i-0abc",
      aliases: ["web-01.acme.local", "id:zbx-77"],
    });
    const named = ["shop front", "10.0.0.7:9100", "WEB-01", "web-01.acme.local:443", "i-0abc"];
    for (const name of named) expect(book.resolve(name, null).asset?.id, name).toBe(id);
    expect(book.resolve("renamed-host", "i-0abc").asset?.id).toBe(id);
    expect(book.resolve("unknown", "zbx-77").asset?.id).toBe(id);
    expect(book.resolve("db-01", null).asset?.id).not.toBe(id);
  });

  it("cannot take what another one has, and is told who and where", () => {
    const book = new AssetBook();
    book.resolve("db-01.acme.local", "i-9");
    add(book, { name: "web-01", ip: "10.0.0.7" });
    const wrong: [Partial<AssetFacts>, string, string][] = [
      [{ name: "WEB-01" }, "name", "web-01"],
      [{ name: "other", ip: "10.0.0.7" }, "ip", "web-01"],
      [{ name: "other", aliases: ["fine", "db-01"] }, "aliases", "db-01.acme.local"],
      [{ name: "other", instance_id: "i-9" }, "instance_id", "db-01.acme.local"],
    ];
    for (const [more, field, other] of wrong) {
      const made = newAsset(book, facts(more), "manual", NOW);
      expect(made).toMatchObject({
        ok: false,
        error: { code: "conflict", fields: { [field]: expect.stringContaining(other) } },
      });
    }
  });

  it("keeps number and key through every change of name, and its old name still means it", () => {
    const book = new AssetBook();
    const seen = book.resolve("web-01", null);
    const renamed = change(book, seen.asset as AssetRecord, { name: "Shop front", ip: "10.0.0.7" });
    expect(renamed).toMatchObject({ id: seen.asset?.id, name: "Shop front" });
    expect(book.resolve("web-01", null).key).toBe(seen.key);
    expect(book.resolve("10.0.0.7", null).key).toBe(seen.key);
    expect(factsOf(renamed).aliases).toEqual(["web-01"]);

    // Its old name given up by a second edit is free, and never files alerts under the first one's key.
    const without = change(book, renamed, { aliases: [] });
    expect(keyOf(without)).toBe(seen.key);
    const other = book.resolve("web-01", null);
    expect(other.asset?.id).not.toBe(renamed.id);
    expect(other.key).not.toBe(seen.key);
    expect(book.resolve("shop front", null).key).toBe(seen.key);
  });

  it("gives up an address that it no longer has", () => {
    const book = new AssetBook();
    const web = add(book, { name: "web-01", ip: "10.0.0.7" });
    change(book, web, { ip: "10.0.0.8" });
    const db = add(book, { name: "db-01", ip: "10.0.0.7" });
    expect(book.resolve("10.0.0.7", null).asset?.id).toBe(db.id);
    expect(book.resolve("10.0.0.8", null).asset?.id).toBe(web.id);
  });

  it("never gets the number of a deleted one, even after a restart", () => {
    const book = new AssetBook();
    const { id } = add(book, { name: "web-01" });
    book.remove(id);
    const again = new AssetBook(book.all(), book.nextId);
    expect(add(again, { name: "web-01" }).id).toBe(id + 1);
    expect(again.resolve("web-01", null).key).toBe("web-01");
  });
});

describe("an asset that alerts discovered", () => {
  it("shows what they told, and keeps it when the first fact is written down", () => {
    const book = new AssetBook();
    const { asset } = book.resolve("10.0.0.7:9100", "i-0abc", NOW);
    expect(asset?.first_seen).toBe(NOW);
    expect(factsOf(asset as AssetRecord)).toMatchObject({
      ip: "10.0.0.7",
      instance_id: "i-0abc",
      aliases: [],
    });
    const edited = change(book, asset as AssetRecord, { os: "Debian 13" });
    expect(edited.details).toMatchObject({ source: "discovered", ip: "10.0.0.7", os: "Debian 13" });
    expect(book.resolve("x", "i-0abc").asset?.id).toBe(edited.id);
  });
});

describe("dependencies", () => {
  it("refuse oneself, a stranger, and a circle by name", () => {
    const book = new AssetBook();
    const switchAsset = add(book, { name: "switch" });
    const host = add(book, { name: "host", depends_on: [switchAsset.id] });
    const guest = add(book, { name: "guest", depends_on: [host.id] });
    const refused = (patch: Partial<AssetFacts>) => changedAsset(book, switchAsset, patch);
    expect(refused({ depends_on: [switchAsset.id] })).toMatchObject({ ok: false });
    expect(refused({ depends_on: [99] })).toMatchObject({ ok: false });
    expect(refused({ depends_on: [guest.id] })).toMatchObject({
      ok: false,
      error: {
        code: "validation_failed",
        fields: { depends_on: expect.stringContaining("switch → guest → host → switch") },
      },
    });
  });
});

describe("over any edits", () => {
  const word = fc.constantFrom(
    "a",
    "b",
    "c",
    "a.lan",
    "b.lan",
    "a.wan",
    "10.0.0.1",
    "10.0.0.2",
    "i-1",
    "i-2",
  );
  const step = fc.record({
    who: fc.integer({ min: 0, max: 6 }),
    name: word,
    ip: fc.option(fc.constantFrom("10.0.0.1", "10.0.0.2")),
    aliases: fc.array(word, { maxLength: 2 }),
    kind: fc.constantFrom("alert", "add", "change", "delete"),
  });

  it("no two assets share an identity or a key, and no key ever changes", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const book = new AssetBook();
        const keys = new Map<number, string>();
        for (const { who, name, ip, aliases, kind } of steps) {
          const record = book.all()[who];
          if (kind === "alert") book.resolve(name, null);
          else if (kind === "delete") record && book.remove(record.id);
          else {
            const asked = facts({ name, ip, aliases });
            const made =
              kind === "add" || !record
                ? newAsset(book, asked, "manual", NOW)
                : changedAsset(book, record, asked);
            if (made.ok) book.put(made.value);
          }
          const seen = new Map<string, number>();
          for (const asset of book.all()) {
            for (const alias of [...asset.aliases, `key ${keyOf(asset)}`]) {
              expect(seen.get(alias) ?? asset.id, alias).toBe(asset.id);
              seen.set(alias, asset.id);
            }
            for (const alias of asset.aliases) expect(book.find(alias)?.id, alias).toBe(asset.id);
            expect(keys.get(asset.id) ?? keyOf(asset)).toBe(keyOf(asset));
            keys.set(asset.id, keyOf(asset));
            expect(asset.aliases).toEqual(
              expect.arrayContaining(asset.details ? identitiesOf(factsOf(asset)) : []),
            );
          }
        }
        const again = new AssetBook(JSON.parse(JSON.stringify(book.all())), book.nextId);
        for (const asset of book.all()) expect(again.find(asset.aliases[0] ?? "")?.id).toBe(asset.id);
      }),
    );
  });
});
