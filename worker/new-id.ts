import { encodeId } from "../core/ids.ts";

/** 80 random bits behind a prefix: `co_`, `us_`, `msp_`, `se_`. */
export function newId(prefix: "co" | "us" | "msp" | "se"): string {
  return `${prefix}_${encodeId(crypto.getRandomValues(new Uint8Array(10)))}`;
}
