import { DurableObject, env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { Actor, Role } from "../../core/actor.ts";
import { ROLES } from "../../core/actor.ts";
import { createAssetSchema } from "../../core/asset-schema.ts";
import type { Result } from "../../core/errors.ts";
import { heartbeatInput } from "../../core/heartbeat.ts";
import { mappingInput } from "../../core/mapping/mapping.ts";
import { type Action, PERMISSIONS } from "../../core/permissions.ts";
import { ruleInput } from "../../core/policy/rule.ts";
import { DEFAULT_RATE_LIMIT } from "../../core/settings.ts";
import { CompanyObject } from "../../durable-objects/company.ts";
import { CompanyRequests } from "../../durable-objects/company-requests.ts";
import { JobRunnerObject } from "../../durable-objects/job-runner.ts";
import { MspHubObject } from "../../durable-objects/msp-hub.ts";
import * as classes from "../../worker/index.ts";
import { newId } from "../../worker/new-id.ts";
import { alertOf } from "../support/alert.ts";
import { taughtProposal } from "../support/proposal.ts";
import { settle, stateOf } from "./digest.ts";
import { newLetter } from "./new-letter.ts";
import { newWorld, type World } from "./world.ts";

/** Called on behalf of a person: what it needs in the table of permissions, and how it is called. */
interface OfPerson {
  action: Action;
  args(world: World): unknown[] | Promise<unknown[]>;
  /** What the right caller's call would end; it is made elsewhere. */
  ends?: string;
}
/** Called by the Worker or the platform in nobody's name, and why that is right. */
interface OfNobody {
  none: string;
}
type Entry = OfPerson | OfNobody;

const inner = { none: "not called from outside: a part of the methods that are" };
const sockets = { none: "opens sockets; see sockets.test.ts" };
const platform = { none: "called by the platform" };

async function newAsset({ owner, a }: World): Promise<string> {
  const json = { name: crypto.randomUUID() };
  const made = await owner.api(`/api/companies/${a}/assets`, { method: "POST", json });
  return (await made.json<{ id: string }>()).id;
}

const COMPANY: Record<string, Entry> = {
  init: { none: "makes the company, once; again it must be the same" },
  policy: { none: "what the edge verifies senders by; it is given to no person" },
  accept: { none: "in the name of an API key, which the object knows" },
  acceptAll: { none: "in the name of API keys, which the object knows" },
  acceptEach: inner,
  acceptOwn: { action: "company.test_alert", args: () => [alertOf()] },
  reportRejections: { none: "the edge counts what it refused" },
  for: inner,
  as: inner,
  open: inner,
  alerts: { action: "alerts.read", args: () => [{ limit: 10 }] },
  alert: { action: "alerts.read", args: (world) => [world.alert_id] },
  incident: { action: "incidents.read", args: (world) => [world.incident_id] },
  timeline: { action: "incidents.read", args: (world) => [world.incident_id] },
  command: {
    action: "incidents.work",
    args: async (world) => [await world.newIncident(), { type: "acknowledge" }],
  },
  regroup: {
    action: "incidents.work",
    args: async (world) => [await world.newIncident(), { type: "severity", severity: "low" }],
  },
  correlate: { action: "incidents.work", args: () => [] },
  assets: { action: "assets.read", args: () => [{ sort: "name", limit: 10 }] },
  onAsset: inner,
  asset: { action: "assets.read", args: async (world) => [await newAsset(world)] },
  assetAlerts: { action: "assets.read", args: async (world) => [await newAsset(world), 1e9, 10] },
  assetIncidents: { action: "assets.read", args: async (world) => [await newAsset(world), 1e9, 10] },
  createAsset: {
    action: "assets.write",
    args: () => [createAssetSchema.parse({ name: crypto.randomUUID() })],
  },
  changeAsset: { action: "assets.write", args: async (world) => [await newAsset(world), { critical: true }] },
  deleteAsset: { action: "assets.write", args: async (world) => [await newAsset(world)] },
  importAssets: { action: "assets.write", args: () => [[], false] },
  rejections: { action: "company.read", args: () => [] },
  intakeState: { action: "company.read", args: () => [] },
  topicArrives: { none: "in the name of an API key, which the object knows" },
  snsTopics: { action: "company.read", args: () => [] },
  changeTopics: {
    action: "company.settings",
    args: () => [{ type: "allow", arn: `arn:aws:sns:eu-central-1:418203957716:${crypto.randomUUID()}` }],
  },
  awsAccess: { action: "company.read", args: () => [] },
  sealedTexts: { none: "sealed texts alone, for the change of the service's key" },
  branding: { action: "brand.read", args: () => [] },
  exportTotals: { action: "company.export", args: () => [] },
  exportPage: { action: "company.export", args: () => ["alerts", null] },
  proposals: { action: "company.read", args: () => [] },
  acceptProposal: {
    action: "noise.rules",
    args: async (world) => [await taughtProposal(world.a), newId("ru")],
  },
  dismissProposal: { action: "noise.rules", args: async (world) => [await taughtProposal(world.a)] },
  replayBasis: { action: "company.read", args: () => [0, 1] },
  replayAlerts: { action: "company.read", args: () => [1, 1] },
  replayIncidents: { action: "company.read", args: () => [1] },
  close: { action: "company.delete", args: () => [], ends: "the company's intake" },
  erase: { action: "company.delete", args: () => [], ends: "the company" },
  policyList: { action: "noise.read", args: () => ["rules"] },
  policyPreview: { action: "noise.read", args: () => [null, 7] },
  changeRules: {
    action: "noise.rules",
    args: () => [
      {
        type: "create_rule",
        id: newId("ru"),
        input: ruleInput.parse({ name: "x", when: null, actions: { category: "Cloud" } }),
      },
    ],
  },
  changeSilences: {
    action: "noise.silence",
    args: () => [
      {
        type: "put_correction",
        id: newId("cr"),
        input: { signature: crypto.randomUUID(), category: "Cloud", comment: "" },
      },
    ],
  },
  applyMspRules: { none: "the Worker hands on the MSP's rules; an object of another MSP refuses them" },
  keyed: inner,
  keepLetter: { none: "in the name of an API key, which the object knows" },
  keepSample: { none: "in the name of an API key, which the object knows" },
  beat: { none: "in the name of an API key, which the object knows" },
  letters: { action: "intake.read", args: () => [{ limit: 10 }] },
  letter: { action: "intake.read", args: async (world) => [await newLetter(world)] },
  changeLetters: {
    action: "intake.replay",
    args: async (world) => [{ type: "delete", id: await newLetter(world) }],
  },
  replayLetter: {
    action: "intake.replay",
    args: async (world) => [await newLetter(world), { by: "alerts", items: [{ alert: alertOf() }] }],
  },
  samples: { action: "intake.read", args: () => [] },
  tryAlerts: { action: "intake.read", args: () => [[]] },
  mappings: { action: "intake.read", args: () => [] },
  changeMappings: {
    action: "intake.set_up",
    args: () => {
      const name = crypto.randomUUID();
      const input = mappingInput.parse({ name, fields: { signature: { from: ["x"] } } });
      return [{ type: "create", id: newId("mp"), input }];
    },
  },
  heartbeats: { action: "intake.read", args: () => [] },
  changeHeartbeats: {
    action: "intake.set_up",
    args: () => {
      const input = heartbeatInput.parse({ name: "x", asset_name: "y", interval_minutes: 60 });
      return [{ type: "create", id: newId("hb"), input }];
    },
  },
  portalIncident: { action: "portal.read", args: (world) => [world.incident_id] },
  closeListeners: { none: "the Worker ended a session or changed a person's rights" },
  fetch: sockets,
  webSocketMessage: platform,
  webSocketClose: platform,
  webSocketError: platform,
  state: { action: "company.read", args: () => [] },
  update: { action: "company.settings", args: () => [{ rate_limit: DEFAULT_RATE_LIMIT }] },
  resealed: { none: "the same secrets under the service's new key" },
  wake: { none: "the sweep's knock" },
  alarm: platform,
};

const HUB: Record<string, Entry> = {
  open: inner,
  mspId: inner,
  remember: inner,
  greet: inner,
  visible: inner,
  auditChain: inner,
  publish: { none: "company objects tell what happened" },
  tell: { none: "the Worker tells what happened" },
  forgetCompany: { none: "the Worker deleted a company" },
  send: inner,
  recentAlerts: { action: "alerts.read", args: () => [500] },
  chainAudit: { none: "numbers what the log holds; tells nothing" },
  auditHead: { action: "audit.verify", args: () => [] },
  closeSession: { none: "the Worker ended a session" },
  closeUser: { none: "the Worker changed a person's rights" },
  fetch: sockets,
  webSocketMessage: platform,
  webSocketClose: platform,
  webSocketError: platform,
};

const RUNNER: Record<string, Entry> = {
  start: { none: "the Worker has begun a job for somebody whom it asked; it tells nothing" },
  alarm: platform,
};

const OBJECTS = [
  [
    "CompanyObject",
    CompanyObject,
    COMPANY,
    (world: World) => env.COMPANY.get(env.COMPANY.idFromName(world.a)),
  ],
  [
    "MspHubObject",
    MspHubObject,
    HUB,
    (world: World) => env.MSP_HUB.get(env.MSP_HUB.idFromName(world.msp_id)),
  ],
  ["JobRunnerObject", JobRunnerObject, RUNNER, () => env.JOB_RUNNER.get(env.JOB_RUNNER.idFromName("none"))],
] as const;

/** All that a caller reaches: of the class and of those it extends, up to the platform's own. */
function methodsOf(type: { prototype: object }): string[] {
  const names = new Set<string>();
  let of: object | null = type.prototype;
  for (; of && of !== DurableObject.prototype; of = Object.getPrototypeOf(of) as object | null)
    for (const name of Object.getOwnPropertyNames(of)) names.add(name);
  names.delete("constructor");
  return [...names];
}

let world: World;
beforeAll(async () => {
  world = await newWorld();
}, 60_000);

const actor = (role: Role, companies: Actor["companies"], msp_id = world.msp_id): Actor => ({
  user_id: newId("us"),
  name: "Eve",
  msp_id,
  role,
  companies,
});

it("every class that the Worker exports is walked here", () => {
  const known: readonly unknown[] = OBJECTS.map(([, type]) => type);
  for (const [name, type] of Object.entries(classes)) {
    if (typeof type !== "function") continue;
    expect(known, `${name} has no entry in test/security/objects.test.ts`).toContain(
      Object.getPrototypeOf(type),
    );
  }
});

it("what people ask of a company is asked in a person's name, all of it", () => {
  const asked = Object.getOwnPropertyNames(CompanyRequests.prototype);
  const unnamed = asked.filter((name) => !["constructor", "for", "as", "onAsset"].includes(name));
  expect(unnamed.filter((name) => !("action" in (COMPANY[name] ?? {})))).toEqual([]);
});

describe.each(OBJECTS)("%s", (_, type, entries, stubOf) => {
  it("has an entry for every method, and none for one that is gone", () => {
    expect(methodsOf(type).sort(), "say in this file what each is for").toEqual(Object.keys(entries).sort());
  });

  const guarded = Object.entries(entries).flatMap(([name, entry]) =>
    "action" in entry ? [[name, entry] as const] : [],
  );

  it.each(guarded)("%s refuses whoever has no business there", async (name, entry) => {
    const call = async (who: Actor, args: unknown[]) =>
      (stubOf(world) as unknown as Record<string, (...args: unknown[]) => Promise<Result<unknown>>>)[name]!(
        who,
        ...args,
      );
    const { roles, scope } = PERMISSIONS[entry.action];
    const args = await entry.args(world);
    const before = await settle(world);
    for (const role of ROLES) {
      const allowed = (roles as readonly Role[]).includes(role);
      const refused = async (who: Actor, code: string, where: string) =>
        expect(await call(who, args), `${role} ${where}`).toMatchObject({ ok: false, error: { code } });
      await refused(actor(role, "all", newId("msp")), "not_found", "of another MSP");
      await refused(
        actor(role, [world.a], newId("msp")),
        "not_found",
        "of another MSP that names the company",
      );
      if (!allowed) await refused(actor(role, [world.a]), "forbidden", "of the company");
      if (type !== CompanyObject || scope !== "company" || role === "msp_admin") continue;
      await refused(actor(role, [world.b]), "not_found", "of another company");
      await refused(actor(role, []), "not_found", "of no company");
    }
    expect(await stateOf(world)).toEqual(before);
    if (entry.ends) return;
    for (const role of roles)
      expect(
        await call(actor(role, role === "msp_admin" ? "all" : [world.a]), await entry.args(world)),
        role,
      ).toMatchObject({
        ok: true,
      });
  });
});

it("the hub tells people of another company of the same MSP nothing of this one", async () => {
  const hub = env.MSP_HUB.get(env.MSP_HUB.idFromName(world.msp_id));
  expect(JSON.stringify(await hub.recentAlerts(actor("msp_admin", "all"), 500))).toContain(world.alert_id);
  expect(await hub.recentAlerts(actor("technician", [world.b]), 500)).toEqual({ ok: true, value: [] });
});

it("an object that nobody made answers as if there were nothing, and stays empty", async () => {
  const id = newId("co");
  const stub = env.COMPANY.get(env.COMPANY.idFromName(id));
  expect(await stub.state(actor("msp_admin", "all"))).toMatchObject({ error: { code: "not_found" } });
  expect(await stub.policy()).toBeNull();
});
