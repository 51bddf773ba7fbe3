import type { Actor } from "../core/actor.ts";
import type { Result } from "../core/errors.ts";
import type { Proposal } from "../core/learning/propose.ts";
import type { RuleView } from "../core/policy/rule.ts";

/** Rules that the company's past suggests, as the Worker calls its object. */
export interface LearningRpc {
  proposals(actor: Actor): Promise<Result<Proposal[]>>;
  /** `ruleId` is the new rule's. */
  acceptProposal(actor: Actor, id: string, ruleId: string): Promise<Result<RuleView>>;
  dismissProposal(actor: Actor, id: string): Promise<Result<null>>;
}
