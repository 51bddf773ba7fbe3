import { AssetBook, type ResolvedAsset } from "../asset-book.ts";

/**
 * The company's assets in a replay: an alert is of the asset that it was resolved to when it came, whatever
 * names have been learned since, and nothing new is discovered.
 */
export class ReplayBook extends AssetBook {
  /** Of the alert that is being replayed. */
  current = "";

  override resolve(): ResolvedAsset {
    return { key: this.current, asset: this.byKeyOf(this.current) ?? null, learned: [] };
  }
}
