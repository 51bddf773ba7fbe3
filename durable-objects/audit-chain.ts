import { createHash } from "node:crypto";
import { type ChainHead, EMPTY_CHAIN, type Link, linkAll } from "../core/audit-chain.ts";
import { readMeta, writeMeta } from "./meta.ts";
import type { HubPorts } from "./rpc.ts";

const PER_ROUND = 200;
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/**
 * Numbers and links the MSP's audit entries, and remembers the newest link. What is going to be written is
 * kept first: after a crash the same entries get the same numbers, whether or not the log had them already.
 */
export class AuditChain {
  private running: Promise<void> | null = null;
  private again = false;
  private sql: SqlStorage;
  private ports: HubPorts;
  private mspId: string;

  constructor(sql: SqlStorage, ports: HubPorts, mspId: string) {
    this.sql = sql;
    this.ports = ports;
    this.mspId = mspId;
  }

  /** Everything that was written before this call is linked when it answers. */
  async run(): Promise<void> {
    this.again = true;
    while (this.again || this.running) {
      this.running ??= this.rounds().finally(() => {
        this.running = null;
      });
      await this.running;
    }
  }

  /** The newest link, once nothing is under way. */
  async head(): Promise<ChainHead> {
    while (this.running) await this.running;
    await this.settle();
    return this.stored();
  }

  private async rounds(): Promise<void> {
    this.again = false;
    await this.settle();
    for (;;) {
      const entries = await this.ports.unlinkedAudit(this.mspId, PER_ROUND);
      if (entries.length === 0) return;
      this.put("audit_pending", linkAll(this.stored(), entries, sha256));
      await this.settle();
    }
  }

  /** Writes what was numbered and moves the head; again after a crash, with the same numbers. */
  private async settle(): Promise<void> {
    const pending = this.get<Link[]>("audit_pending") ?? [];
    const last = pending.at(-1);
    if (!last) return;
    await this.ports.writeLinks(this.mspId, pending);
    this.put("audit_head", { seq: last.seq, hash: last.hash });
    this.put("audit_pending", []);
  }

  private stored(): ChainHead {
    return this.get<ChainHead>("audit_head") ?? EMPTY_CHAIN;
  }

  private get<T>(key: string): T | undefined {
    const kept = readMeta(this.sql, key);
    return kept === undefined ? undefined : (JSON.parse(kept) as T);
  }

  private put(key: string, value: unknown): void {
    writeMeta(this.sql, key, JSON.stringify(value));
  }
}
