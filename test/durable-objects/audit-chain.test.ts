import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { Actor } from "../../core/actor.ts";
import { auditEntry } from "../../core/audit.ts";
import type { HubRpc } from "../../durable-objects/rpc.ts";
import { chainLeftovers } from "../../worker/audit/chain.ts";
import { recordAudit } from "../../worker/audit/record.ts";
import { newId } from "../../worker/new-id.ts";

function freshLog() {
  const msp_id = newId("msp");
  const object = env.MSP_HUB.get(env.MSP_HUB.idFromName(msp_id));
  const hub = object as unknown as HubRpc;
  const actor: Actor = { user_id: "us_1", name: "Ada", msp_id, role: "msp_admin", companies: "all" };
  const note = (...ids: string[]) =>
    recordAudit(
      env.DB,
      msp_id,
      ids.map((id, i) =>
        auditEntry(
          `${msp_id}_${id}`,
          actor,
          { action: "a.done", company_id: null, target: { type: "a", id } },
          i,
        ),
      ),
    );
  const rows = async () => {
    const { results } = await env.DB.prepare(
      "SELECT id, seq, hash FROM audit_entries WHERE msp_id = ?1 ORDER BY seq, id",
    )
      .bind(msp_id)
      .all<{ id: string; seq: number | null; hash: string | null }>();
    return results.map((row) => ({ ...row, id: row.id.slice(msp_id.length + 1) }));
  };
  const head = async () => {
    const answer = await hub.auditHead(actor);
    if (!answer.ok) throw new Error(answer.error.detail);
    return answer.value;
  };
  return { msp_id, object, hub, actor, note, rows, head };
}

describe("the hub's chain", () => {
  it("numbers what it finds, goes on after it was evicted, and knows its head", async () => {
    const { msp_id, object, hub, note, rows, head } = freshLog();
    expect(await head()).toEqual({ seq: 0, hash: "0".repeat(64) });
    await note("a", "b");
    await hub.chainAudit(msp_id);
    await evictDurableObject(object);
    await note("c");
    await hub.chainAudit(msp_id);
    const all = await rows();
    expect(all.map(({ id, seq }) => [id, seq])).toEqual([
      ["a", 1],
      ["b", 2],
      ["c", 3],
    ]);
    expect(await head()).toEqual({ seq: 3, hash: all[2]?.hash });
  });

  it("gives each entry one number however often it is asked at once", async () => {
    const { msp_id, hub, note, rows } = freshLog();
    await note(...Array.from({ length: 450 }, (_, i) => String(i)));
    await Promise.all(Array.from({ length: 8 }, () => hub.chainAudit(msp_id)));
    expect((await rows()).map((row) => row.seq)).toEqual(Array.from({ length: 450 }, (_, i) => i + 1));
  });

  it("dies after numbering, with the log unwritten or written: the numbers are the same afterwards", async () => {
    const { msp_id, object, hub, note, rows, head } = freshLog();
    await note("a");
    await hub.chainAudit(msp_id);
    await note("b", "c");
    await hub.chainAudit(msp_id);
    const whole = await rows();
    const before = await head();
    // As it lies when the process dies before the head has moved: the plan is kept, the log maybe written.
    for (const written of [true, false]) {
      const { results } = await env.DB.prepare(
        "SELECT id, at, payload_hash, seq, prev_hash, hash FROM audit_entries WHERE msp_id = ?1 AND seq > 1 ORDER BY seq",
      )
        .bind(msp_id)
        .all();
      await runInDurableObject(object, (_, state) => {
        const put = "UPDATE meta SET value = ?2 WHERE key = ?1";
        state.storage.sql.exec(put, "audit_pending", JSON.stringify(results));
        state.storage.sql.exec(put, "audit_head", JSON.stringify({ seq: 1, hash: whole[0]?.hash }));
      });
      if (!written)
        await env.DB.prepare(
          "UPDATE audit_entries SET seq = NULL, prev_hash = NULL, hash = NULL WHERE msp_id = ?1 AND seq > 1",
        )
          .bind(msp_id)
          .run();
      await evictDurableObject(object);
      await hub.chainAudit(msp_id);
      expect(await rows()).toEqual(whole);
      expect(await head()).toEqual(before);
    }
  });

  it("links what was left over when the sweep comes by", async () => {
    const { note, rows } = freshLog();
    await note("a");
    expect(await chainLeftovers(env)).toBeGreaterThanOrEqual(1);
    expect((await rows()).map((row) => row.seq)).toEqual([1]);
  });

  it("takes no other MSP's name, and tells its head to this MSP's admin alone", async () => {
    const { msp_id, object, hub, actor, note } = freshLog();
    await note("a");
    await hub.chainAudit(msp_id);
    await expect(runInDurableObject(object, (instance) => instance.chainAudit(newId("msp")))).rejects.toThrow(
      "another MSP",
    );
    expect(await hub.auditHead({ ...actor, msp_id: newId("msp") })).toMatchObject({
      error: { code: "not_found" },
    });
    expect(await hub.auditHead({ ...actor, role: "company_admin" })).toMatchObject({
      error: { code: "forbidden" },
    });
  });
});
