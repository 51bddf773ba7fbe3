import type { IncidentState } from "./state.ts";

/** Open incidents by the assets in them. Entries are looked at again when read: what is over drops out. */
export class OpenIndex {
  private byAsset = new Map<string, Set<number>>();
  private incident: (seq: number) => IncidentState | undefined;

  constructor(incident: (seq: number) => IncidentState | undefined) {
    this.incident = incident;
  }

  note(assetKey: string, seq: number): void {
    const known = this.byAsset.get(assetKey);
    if (known) known.add(seq);
    else this.byAsset.set(assetKey, new Set([seq]));
  }

  /** Oldest first. */
  of(assetKey: string): IncidentState[] {
    const seqs = this.byAsset.get(assetKey);
    if (!seqs) return [];
    const open: IncidentState[] = [];
    for (const seq of seqs) {
      const incident = this.incident(seq);
      if (incident && incident.status !== "resolved") open.push(incident);
      else seqs.delete(seq);
    }
    if (seqs.size === 0) this.byAsset.delete(assetKey);
    return open.sort((a, b) => a.seq - b.seq);
  }
}
