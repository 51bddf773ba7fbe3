import type { Actor } from "../core/actor.ts";
import { fail, notFound, ok, type Result } from "../core/errors.ts";
import { compileCondition } from "../core/policy/compile.ts";
import { type MaintenanceWindow, WINDOWS_MAX, type WindowView } from "../core/policy/maintenance.ts";
import { RULES_MAX, type Rule, type RuleInput, type RuleView } from "../core/policy/rule.ts";
import { windowHold } from "../core/policy/suppression.ts";
import { checkNewWindow, checkWindow, newWindow } from "../core/policy/window-check.ts";
import { clock } from "./clock.ts";
import type { CompanyCore } from "./company-core.ts";
import { policyChanged, startRelease } from "./policy-release.ts";
import type { FirstWindows, RuleChange } from "./policy-rpc.ts";
import { policyList } from "./policy-views.ts";

type Of<T extends RuleChange["type"]> = Extract<RuleChange, { type: T }>;

/** Rules and maintenance windows. Each change and its audit note are one transaction. */
export function changeRules(
  core: CompanyCore,
  actor: Actor,
  change: RuleChange,
): Result<RuleView[] | WindowView[]> {
  const done = run(core, actor, change);
  if (!done.ok) return done;
  return ok(change.type.endsWith("window") ? policyList(core, "windows") : policyList(core, "rules"));
}

function run(core: CompanyCore, actor: Actor, change: RuleChange): Result<null> {
  switch (change.type) {
    case "create_rule":
      return createRule(core, actor, change);
    case "change_rule":
      return changeRule(core, actor, change);
    case "delete_rule":
      return deleteRule(core, actor, change.id);
    case "order_rules":
      return orderRules(core, actor, change.ids);
    case "create_window":
      return createWindow(core, actor, change);
    case "change_window":
      return changeWindow(core, actor, change);
    case "end_window":
      return endWindow(core, actor, change.id);
    case "delete_window":
      return deleteWindow(core, actor, change.id);
  }
}

/** What a rule says, for the audit log. */
const shownRule = ({ name, enabled, when, actions, stop }: RuleInput) => ({
  name,
  enabled,
  when,
  actions,
  stop,
});

/** The MSP's rules, in order, in place of those before. What one of them kept silent is looked at anew. */
export function applyMspRules(core: CompanyCore, rules: Rule[]): Result<null> {
  const { rows } = core.policy;
  const before = rows.all("msp_rule");
  if (JSON.stringify(before) === JSON.stringify(rules)) return ok(null);
  const now = clock.now();
  return policyChanged(core, () => {
    rows.replace("msp_rule", rules);
    for (const rule of before) {
      const after = rules.find(({ id }) => id === rule.id);
      if (rule.actions.silence && JSON.stringify(after) !== JSON.stringify(rule))
        releaseRule(core, rule, now);
      if (!after) core.policy.forget(rule.id);
    }
  });
}

function createRule(core: CompanyCore, actor: Actor, { id, input }: Of<"create_rule">): Result<null> {
  const fine = compileCondition(input.when);
  if (!fine.ok) return fine;
  const { rows } = core.policy;
  const own = rows.all("rule");
  if (own.length + rows.all("msp_rule").length >= RULES_MAX)
    return fail("conflict", `A company has at most ${RULES_MAX} rules, the MSP's included.`);
  const now = clock.now();
  const rule: Rule = { ...input, id, created_at: now, created_by: actor.name };
  return policyChanged(core, () => {
    rows.put("rule", rule, own.length);
    const target = { type: "rule", id, name: rule.name };
    core.audit(actor, { action: "rule.created", target, after: shownRule(rule) }, now);
  });
}

function changeRule(core: CompanyCore, actor: Actor, { id, patch }: Of<"change_rule">): Result<null> {
  const { rows } = core.policy;
  const own = rows.all("rule");
  const position = own.findIndex((rule) => rule.id === id);
  const before = own[position];
  if (!before) return notFound();
  const rule: Rule = { ...before, ...patch };
  const fine = compileCondition(rule.when);
  if (!fine.ok) return fine;
  const now = clock.now();
  return policyChanged(core, () => {
    rows.put("rule", rule, position);
    if (before.actions.silence) releaseRule(core, before, now);
    const target = { type: "rule", id, name: rule.name };
    const [was, is] = [shownRule(before), shownRule(rule)];
    core.audit(actor, { action: "rule.changed", target, before: was, after: is }, now);
  });
}

/** What a rule kept silent is looked at anew: it may not be any more. */
function releaseRule(core: CompanyCore, rule: Rule, now: number): void {
  startRelease(core, `rule:${rule.id}`, rule.name, rule.created_at, now, "changed");
}

function deleteRule(core: CompanyCore, actor: Actor, id: string): Result<null> {
  const { rows } = core.policy;
  const before = rows.all("rule").find((rule) => rule.id === id);
  if (!before) return notFound();
  const now = clock.now();
  return policyChanged(core, () => {
    rows.drop("rule", id);
    core.policy.forget(id);
    if (before.actions.silence) releaseRule(core, before, now);
    const target = { type: "rule", id, name: before.name };
    core.audit(actor, { action: "rule.deleted", target, before: shownRule(before) }, now);
  });
}

function orderRules(core: CompanyCore, actor: Actor, ids: string[]): Result<null> {
  const { rows } = core.policy;
  const own = rows.all("rule");
  const byId = new Map(own.map((rule) => [rule.id, rule]));
  const ordered = [...new Set(ids)].flatMap((id) => byId.get(id) ?? []);
  if (ordered.length !== own.length || ids.length !== own.length)
    return fail("conflict", "The rules were changed meanwhile; look at what they are now.", {
      current: own.map(({ id }) => id),
    });
  const target = { type: "company", id: core.record.company_id, name: core.record.name };
  return policyChanged(core, () => {
    rows.replace("rule", ordered);
    const [before, after] = [own, ordered].map((list) => ({ order: list.map(({ name }) => name) }));
    core.audit(actor, { action: "rule.reordered", target, before, after }, clock.now());
  });
}

const shownWindow = ({
  id: _,
  created_at,
  created_by,
  not_before,
  handled_until,
  ...rest
}: MaintenanceWindow) => rest;

/** Windows that a new company begins with, which were checked before; its own creation is what is noted. */
export function planFirstWindows(core: CompanyCore, windows: FirstWindows): void {
  const now = clock.now();
  policyChanged(core, () => {
    for (const { id, input } of windows.items)
      core.policy.rows.put("window", newWindow(id, input, windows.by, now), now);
  });
}

function createWindow(core: CompanyCore, actor: Actor, { id, input }: Of<"create_window">): Result<null> {
  const now = clock.now();
  const { rows } = core.policy;
  const fine = checkNewWindow(input, now);
  if (!fine.ok) return fine;
  const window = newWindow(id, input, actor.name, now);
  if (rows.all("window").length >= WINDOWS_MAX)
    return fail("conflict", `A company has at most ${WINDOWS_MAX} maintenance windows.`);
  return policyChanged(core, () => {
    rows.put("window", window, now);
    const target = { type: "maintenance_window", id, name: window.name };
    core.audit(actor, { action: "maintenance.created", target, after: shownWindow(window) }, now);
  });
}

/** The occurrence that goes on now ends, for a reason; what it held is looked at anew. */
function endCurrent(
  core: CompanyCore,
  window: MaintenanceWindow,
  now: number,
  how: "ended_early" | "changed",
) {
  const current = windowHold(window)
    .times(now, 1)
    .find(({ start }) => start <= now);
  if (current) {
    startRelease(core, `maintenance:${window.id}`, window.name, current.start, now, how);
  }
  return current;
}

function changeWindow(core: CompanyCore, actor: Actor, { id, patch }: Of<"change_window">): Result<null> {
  const { rows } = core.policy;
  const before = rows.all("window").find((one) => one.id === id);
  if (!before) return notFound();
  const window: MaintenanceWindow = { ...before, ...patch };
  const fine = checkWindow(window);
  if (!fine.ok) return fine;
  const now = clock.now();
  return policyChanged(core, () => {
    // What it holds so far is judged by what it is from now on.
    endCurrent(core, before, now, "changed");
    rows.put("window", { ...window, handled_until: now }, before.created_at);
    const target = { type: "maintenance_window", id, name: window.name };
    const [was, is] = [shownWindow(before), shownWindow(window)];
    core.audit(actor, { action: "maintenance.changed", target, before: was, after: is }, now);
  });
}

function endWindow(core: CompanyCore, actor: Actor, id: string): Result<null> {
  const { rows } = core.policy;
  const window = rows.all("window").find((one) => one.id === id);
  if (!window) return notFound();
  const now = clock.now();
  const current = windowHold(window)
    .times(now, 1)
    .find(({ start }) => start <= now);
  if (!current) return fail("conflict", "This window does not go on now.");
  return policyChanged(core, () => {
    endCurrent(core, window, now, "ended_early");
    rows.put("window", { ...window, not_before: current.end, handled_until: now }, window.created_at);
    const target = { type: "maintenance_window", id, name: window.name };
    core.audit(actor, { action: "maintenance.ended_early", target }, now);
  });
}

function deleteWindow(core: CompanyCore, actor: Actor, id: string): Result<null> {
  const { rows } = core.policy;
  const window = rows.all("window").find((one) => one.id === id);
  if (!window) return notFound();
  const now = clock.now();
  return policyChanged(core, () => {
    endCurrent(core, window, now, "ended_early");
    rows.drop("window", id);
    core.policy.forget(id);
    const target = { type: "maintenance_window", id, name: window.name };
    core.audit(actor, { action: "maintenance.deleted", target, before: shownWindow(window) }, now);
  });
}
