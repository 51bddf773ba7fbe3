import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import * as z from "zod";
import type { Field } from "../policy/fields.ts";
import { type RuleInput, ruleInput } from "../policy/rule.ts";
import type { PairBook, PairRecord } from "./pairs.ts";

/** So often at least, and in this share of the times that the more frequent one came. */
const TOGETHER_LEAST = 5;
const SHARE_LEAST = 0.7;
/** So often by people's hands, it needs no statistics. */
const MERGED_LEAST = 2;
const PROPOSALS_MAX = 20;

export const proposalSchema = z.object({
  id: z.string(),
  text: z.string().describe("what is proposed, and on which evidence"),
  signatures: z.tuple([z.string(), z.string()]),
  together: z.number().int().describe("times both came within five minutes; old ones count less"),
  of: z.number().int().describe("times the more frequent of the two came"),
  merged: z.number().int().describe("times people merged them"),
  split: z.number().int(),
  last_at: z.iso.datetime(),
  rule: z.custom<RuleInput>(() => true).meta({ description: "the rule that accepting it makes" }),
});
export type Proposal = z.infer<typeof proposalSchema>;

export const proposalId = ({ a, b }: Pick<PairRecord, "a" | "b">): string =>
  `pp_${bytesToHex(sha256(utf8ToBytes(`${a}\n${b}`))).slice(0, 16)}`;

const count = (n: number) => Math.max(0, Math.round(n));
const times = (n: number) => (n === 1 ? "once" : n === 2 ? "twice" : `${n} times`);
const on = (assets: string[]) => (assets.length === 0 ? "" : ` on ${assets.join(", ")}`);

/** A field that both always share, by which a rule can put them together; null: there is none. */
function groupBy(pair: PairRecord): Field | null {
  if (pair.together > 0 && pair.same_asset / pair.together >= SHARE_LEAST) return "asset";
  if (pair.category !== null) return "category";
  return pair.tool !== null ? "tool" : null;
}

function propose(pair: PairRecord, most: number): Proposal | null {
  const field = groupBy(pair);
  if (field === null || pair.split >= Math.max(1, pair.merged)) return null;
  const often = pair.together >= TOGETHER_LEAST && pair.together / most >= SHARE_LEAST;
  if (!often && pair.merged < MERGED_LEAST) return null;
  // What is in one incident anyway needs no rule.
  if (pair.merged === 0 && pair.one_incident / Math.max(1, pair.together) > 1 - SHARE_LEAST) return null;
  const rule = ruleInput.parse({
    name: `${pair.a} with ${pair.b}`.slice(0, 120),
    when: { op: "in", field: "signature", values: [pair.a, pair.b] },
    actions: { group_by: [field] },
  });
  const [together, of] = [count(pair.together), Math.max(count(most), count(pair.together))];
  const byHand = pair.merged > 0 ? `, merged by hand ${times(count(pair.merged))}` : "";
  const same = field === "asset" ? ", on the same asset" : "";
  return {
    id: proposalId(pair),
    text: `${pair.a}${on(pair.assets_a)} and ${pair.b}${on(pair.assets_b)} came together ${together} of ${of} times${same}${byHand}: group them.`,
    signatures: [pair.a, pair.b],
    together,
    of,
    merged: count(pair.merged),
    split: count(pair.split),
    last_at: new Date(pair.last_at).toISOString(),
    rule,
  };
}

/** Rules that the company's own past suggests, the best supported first; `settled` are answered already. */
export function proposals(book: PairBook, settled: ReadonlySet<string>): Proposal[] {
  const found: Proposal[] = [];
  for (const pair of book.pairs.values()) {
    if (settled.has(proposalId(pair))) continue;
    const most = Math.max(book.seen.get(pair.a)?.times ?? 0, book.seen.get(pair.b)?.times ?? 0, 1);
    const proposal = propose(pair, most);
    if (proposal) found.push(proposal);
  }
  return found.sort((x, y) => y.merged - x.merged || y.together - x.together).slice(0, PROPOSALS_MAX);
}
