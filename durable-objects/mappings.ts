import type { Actor } from "../core/actor.ts";
import { SAMPLE_BODY_MAX, SAMPLES_MAX, type Sample } from "../core/dead-letter.ts";
import { fail, notFound, ok, type Result } from "../core/errors.ts";
import {
  MAPPINGS_MAX,
  type Mapping,
  type MappingInput,
  type MappingView,
  slugOf,
} from "../core/mapping/mapping.ts";
import { type Bucket, fullBucket, take } from "../core/token-bucket.ts";
import { clock } from "./clock.ts";
import type { CompanyCore } from "./company-core.ts";
import type { MappingChange } from "./intake-rpc.ts";

/** Bodies are kept as long as dead letters are, and go with them. */
const KEPT_MS = 30 * 86_400_000;
/** Bodies written for the editor; what comes faster is not kept. */
const PACE = { requests_per_minute: 6, burst: SAMPLES_MAX };

export function mappingViews(core: CompanyCore): MappingView[] {
  return (core.record.mappings ?? []).map(({ changed_at, ...mapping }, position) => ({
    ...mapping,
    position,
    webhook_path: `/api/webhooks/custom?mapping=${mapping.slug}`,
    changed_at: new Date(changed_at).toISOString(),
  }));
}

/** A mapping as it is to be kept, or why not. */
function made(core: CompanyCore, actor: Actor, id: string, input: MappingInput): Result<Mapping> {
  const slug = input.slug ?? slugOf(input.name);
  const taken = (core.record.mappings ?? []).some((one) => one.id !== id && one.slug === slug);
  if (taken)
    return fail("validation_failed", "Another mapping has this short name.", {
      fields: { [input.slug ? "slug" : "name"]: `another mapping is called “${slug}” already` },
    });
  return ok({ ...input, id, slug, changed_at: clock.now(), changed_by: actor.name });
}

/** Mappings are part of the policy that the edge goes by: a change raises its version. */
export function changeMappings(
  core: CompanyCore,
  actor: Actor,
  change: MappingChange,
): Result<MappingView[]> {
  const all = [...(core.record.mappings ?? [])];
  const at = all.findIndex((one) => one.id === change.id);
  const before = all[at];
  if (change.type === "create") {
    if (all.length >= MAPPINGS_MAX)
      return fail("conflict", `A company has at most ${MAPPINGS_MAX} mappings; delete one first.`);
    const mapping = made(core, actor, change.id, change.input);
    if (!mapping.ok) return mapping;
    all.push(mapping.value);
  } else {
    if (!before) return notFound();
    all.splice(at, 1);
    if (change.type === "change") {
      const mapping = change.input ? made(core, actor, change.id, change.input) : ok(before);
      if (!mapping.ok) return mapping;
      all.splice(change.position ?? at, 0, mapping.value);
    }
  }
  const after = all.find((one) => one.id === change.id);
  const action = { create: "mapping.created", change: "mapping.changed", delete: "mapping.deleted" }[
    change.type
  ];
  const next = structuredClone(core.record);
  next.mappings = all;
  next.version += 1;
  const target = { type: "mapping", id: change.id, name: (after ?? before)?.name ?? "" };
  const shown = { ...(before && { before }), ...(after && { after }) };
  core.saveRecord(next, actor, { action, target, ...shown });
  return ok(mappingViews(core));
}

/** The last bodies that the custom route received, for the mapping editor. */
export class Samples {
  private core: CompanyCore;
  private pace: Bucket = fullBucket(PACE, clock.now());

  constructor(core: CompanyCore) {
    this.core = core;
  }

  keep(body: string): void {
    const now = clock.now();
    if (body.length > SAMPLE_BODY_MAX || take(this.pace, PACE, 1, now) > 0) return;
    const { sql } = this.core;
    this.core.transaction(() => {
      sql.exec("INSERT INTO samples (at, body) VALUES (?, ?)", now, body);
      sql.exec(
        "DELETE FROM samples WHERE seq <= (SELECT seq FROM samples ORDER BY seq DESC LIMIT 1 OFFSET ?)",
        SAMPLES_MAX,
      );
      this.core.deadlines.notLaterThan("letters", now + KEPT_MS);
    });
    this.core.deadlines.arm(now);
  }

  /** Received ones and dead letters of the same route, newest first. */
  list(): Sample[] {
    const rows = this.core.sql
      .exec<{ id: string; at: number; body: string; origin: string }>(
        `SELECT * FROM (
           SELECT 'sm_' || seq AS id, at, body, 'received' AS origin FROM samples
           UNION ALL
           SELECT 'dl_' || seq, at, body, 'dead_letter' FROM (
             SELECT * FROM dead_letters WHERE tool = 'custom' AND LENGTH(body) <= ?1 ORDER BY seq DESC LIMIT ?2)
         ) ORDER BY at DESC LIMIT ?2`,
        SAMPLE_BODY_MAX,
        SAMPLES_MAX,
      )
      .toArray();
    return rows.map(({ id, at, body, origin }) => ({
      id: origin === "dead_letter" ? `dl_${Number(id.slice(3)).toString(36)}` : id,
      at: new Date(at).toISOString(),
      from: origin === "dead_letter" ? "dead_letter" : "received",
      size: body.length,
      body,
    }));
  }
}
