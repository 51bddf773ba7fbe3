import type { NormalizedAlert } from "../alert.ts";
import { dedupKey, readableKey } from "../keys.ts";
import { canonicalSignature } from "../signature.ts";
import type { EngineContext } from "./context.ts";
import { mayOpen } from "./holding.ts";
import { incidentOf } from "./merging.ts";
import { DEDUP_TEXT } from "./opening.ts";
import { strategyKey, takesBack, underKey } from "./placing.ts";
import type { AlertState, IncidentState } from "./state.ts";

/** The keys an alert would get, and what is under them now. */
export interface DryRun {
  /** Resolved as keys take it, "" where it could not be told. */
  asset: string;
  /** Canonical. */
  signature: string;
  dedup: { key: string; text: string };
  /** null: there is none, and `text` says why. */
  group: { key: string | null; text: string };
  /** The newest alert of that key, firing or closed. */
  alert: AlertState | null;
  /** The incident it would count in, or that would take it. */
  incident: IncidentState | null;
  /** In a sentence. */
  would: string;
}

type Asked = Pick<EngineContext, "company_id" | "settings" | "assets" | "store">;

const titled = (incident: IncidentState | null) => (incident ? ` in "${incident.title}"` : "");

function groupOf(ctx: Asked, parts: { asset: string; signature: string; tool: string }) {
  if (ctx.settings.strategy === "smart")
    return {
      key: null,
      filed: null,
      text: "Smart grouping has no key: it asks what is open when the alert comes.",
    };
  const { by, made } = strategyKey(ctx, parts);
  if ("missing" in made) return { key: null, filed: null, text: made.missing.text };
  return { key: readableKey(ctx.company_id, made.key), filed: made.key, text: `Grouped by ${by}.` };
}

/**
 * What an alert's keys would make of it at `now` (epoch ms). Changes nothing. Rules, silences, dependencies and
 * storms are not asked: what they say depends on the moment.
 */
export function dryRun(ctx: Asked, a: NormalizedAlert, now: number): DryRun {
  const { key, rule } = dedupKey(ctx.company_id, a);
  const asset = ctx.assets.keyFor(a.asset_name, a.asset_id);
  const signature = canonicalSignature(a.signature).name;
  const { filed, ...group } = groupOf(ctx, { asset, signature, tool: a.tool_source });
  const dedup = { key: readableKey(ctx.company_id, key), text: DEDUP_TEXT[rule] ?? "" };
  const known = { asset, signature, dedup, group };
  const alert = ctx.store.alertByKey(key) ?? null;
  const own = (alert && incidentOf(ctx.store, alert)) ?? null;
  const is = (incident: IncidentState | null, would: string): DryRun => ({
    ...known,
    alert,
    incident,
    would,
  });
  const firing = alert?.status === "firing";
  if (a.update) return is(own, alert ? "It would be noted on the alert it speaks of." : "It would be noted.");
  if (a.status === "resolved")
    return firing
      ? is(own, `It would close the alert that fires under this key${titled(own)}.`)
      : is(null, "It would close nothing: no alert fires under this key.");
  if (a.heartbeat) return is(null, "It would be kept as a sign of life, and never be an incident.");
  if (a.test) return is(null, "It would be kept as its tool's own test, and never be an incident.");
  if (firing) return is(own, `It would be counted as a repeat of the alert that fires${titled(own)}.`);
  if (own && takesBack(ctx, own, now))
    return is(own, `It would fire again${titled(own)}${own.status === "resolved" ? ", and reopen it" : ""}.`);
  if (filed === null) return is(null, "It would be placed when it comes.");
  const { taker } = underKey(ctx, filed, now);
  if (!taker && !mayOpen(ctx, { severity: a.severity }, { key: filed }, now))
    return is(null, "It would wait for others of its key, or to be grouped by hand.");
  if (!taker) return is(null, "It would open an incident of its own.");
  return is(taker, `It would ${taker.status === "resolved" ? "reopen" : "join"} "${taker.title}".`);
}
