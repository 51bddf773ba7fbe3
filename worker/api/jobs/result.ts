import { ok } from "../../../core/errors.ts";
import { type Comparison, comparisonSchema } from "../../../core/replay/schema.ts";
import { notFound } from "../../company-stub.ts";
import { loadVisibleJob } from "../../jobs/load-visible.ts";
import { route as define, idParams } from "../route.ts";

export const route = define({
  method: "GET",
  path: "/api/jobs/{id}/result",
  summary: "What a what-if found; it is kept for a day",
  access: "company.read",
  params: idParams,
  success: { status: 200, description: "how it is against how it would be", schema: comparisonSchema },
  async handler({ env, session: { actor }, params, now }) {
    const row = await loadVisibleJob(env, actor, params.id);
    if (!row.ok) return row;
    const { data, kind, status, expires_at } = row.value;
    if (kind !== "preview" || status !== "done" || !data.file || (expires_at ?? 0) <= now) return notFound();
    const file = await env.FILES.get(data.file.key);
    return file ? ok(await file.json<Comparison>()) : notFound();
  },
});
