import * as z from "zod";
import { ok } from "../../../core/errors.ts";
import { snsTopicsSchema, topicArnSchema } from "../../../core/sns.ts";
import { companyStub } from "../../company-stub.ts";
import { loadCompany } from "../../db/companies.ts";
import { confirmSubscription, subscribeUrl } from "../../webhooks/sns/confirm.ts";
import { route as define, idParams } from "../route.ts";

const bodySchema = z.union([
  z.object({ arn: topicArnSchema, allowed: z.boolean() }),
  z.object({ accept_new: z.boolean() }),
]);

export const route = define({
  method: "PATCH",
  path: "/api/companies/{id}/sns-topics",
  summary: "Allow or remove a topic of Amazon SNS, or let further ones in without approval",
  access: "company.settings",
  audit: ["company.topic_allowed", "company.topic_removed", "company.topics_changed"],
  params: idParams,
  body: bodySchema,
  success: {
    status: 200,
    description: "the topics as they are now, and whether a subscription that waited was confirmed",
    schema: snsTopicsSchema.extend({ confirmed: z.boolean().nullable() }),
  },
  async handler({ env, session: { actor }, params, body }) {
    const row = await loadCompany(env, actor, params.id);
    if (!row.ok) return row;
    const company = companyStub(env, row.value.id);
    const changed = await company.changeTopics(
      actor,
      "arn" in body
        ? { type: body.allowed ? "allow" : "remove", arn: body.arn }
        : { type: "accept_new", on: body.accept_new },
    );
    if (!changed.ok) return changed;
    const waiting = changed.value.subscribe_url;
    const url = waiting && "arn" in body ? subscribeUrl(waiting, body.arn) : null;
    const confirmed = url ? await confirmSubscription(env, url) : null;
    const topics = await company.snsTopics(actor);
    return topics.ok ? ok({ ...topics.value, confirmed }) : topics;
  },
});
