import { ok } from "../../../core/errors.ts";
import { notFound } from "../../company-stub.ts";
import { loadVisibleJob } from "../../jobs/load-visible.ts";
import { route as define, idParams } from "../route.ts";

/** A name that every file system takes. */
const safeName = (name: string) => name.replace(/[^a-z0-9]+/gi, "-").replace(/^-|-$/g, "") || "company";

export const route = define({
  method: "GET",
  path: "/api/jobs/{id}/file",
  summary: "The zip that an export made; it is kept for 7 days",
  access: "company.export",
  params: idParams,
  success: { status: 200, description: "the zip", files: ["application/zip"] },
  async handler({ env, session: { actor }, params, now }) {
    const row = await loadVisibleJob(env, actor, params.id);
    if (!row.ok) return row;
    const { data, kind, status, created_at, expires_at } = row.value;
    if (kind !== "export" || status !== "done" || !data.file || (expires_at ?? 0) <= now) return notFound();
    const file = await env.FILES.get(data.file.key);
    if (!file) return notFound();
    const day = new Date(created_at).toISOString().slice(0, 10);
    return ok(
      new Response(file.body, {
        headers: {
          "content-type": "application/zip",
          "content-length": String(file.size),
          "content-disposition": `attachment; filename="${safeName(data.company_name)}-${day}.zip"`,
          "cache-control": "private, no-store",
        },
      }),
    );
  },
});
