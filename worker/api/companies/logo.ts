import { createHash } from "node:crypto";
import { fail, ok } from "../../../core/errors.ts";
import { etagOf } from "../../../core/etag.ts";
import { brandingSchema } from "../../../core/settings.ts";
import type { LogoRecord } from "../../../durable-objects/upkeep-rpc.ts";
import { brandingView, companyFiles } from "../../branding.ts";
import { companyStub, notFound } from "../../company-stub.ts";
import { loadCompany } from "../../db/companies.ts";
import { LOGO_BYTES_MAX, LOGO_TYPES, readLogo } from "../../image.ts";
import { readBytes } from "../body.ts";
import { idParams, type Route, route } from "../route.ts";

const path = "/api/companies/{id}/branding/logo";
const YEAR_S = 31_536_000;

const show = route({
  method: "GET",
  path,
  summary: "A company's own logo; its address in the brand changes with the image",
  access: "brand.read",
  params: idParams,
  success: { status: 200, description: "the image", files: LOGO_TYPES },
  async handler({ env, request, session: { actor }, params }) {
    const row = await loadCompany(env, actor, params.id);
    if (!row.ok) return row;
    const brand = await companyStub(env, row.value.id).branding(actor);
    if (!brand.ok) return brand;
    const { logo } = brand.value.branding;
    if (!logo) return notFound();
    const etag = `"${logo.hash}"`;
    const named = new URL(request.url).searchParams.get("v") === logo.hash;
    const headers = new Headers({
      etag,
      // Whoever names the hash can keep it for good, in their own browser alone.
      "cache-control": named ? `private, max-age=${YEAR_S}, immutable` : "private, no-cache",
    });
    if (request.headers.get("if-none-match") === etag)
      return ok(new Response(null, { status: 304, headers }));
    const file = await env.FILES.get(logo.key);
    if (!file) return notFound();
    headers.set("content-type", logo.type);
    headers.set("content-length", String(logo.bytes));
    headers.set("content-security-policy", "default-src 'none'; sandbox; frame-ancestors 'none'");
    return ok(new Response(file.body, { headers }));
  },
});

/** The file first, then its name in the record, then the old file goes: each step can fail and leave a whole brand. */
const upload = route({
  method: "PUT",
  path,
  summary: "Set a company's logo: the body is the image, PNG, JPEG or WebP, at most 256 KB and 2048 x 2048",
  access: "company.settings",
  audit: ["company.logo_changed"],
  params: idParams,
  success: { status: 200, description: "the brand as it is now", schema: brandingSchema },
  errors: ["payload_too_large", "validation_failed"],
  async handler({ env, request, session: { actor }, params, setHeader }) {
    const row = await loadCompany(env, actor, params.id);
    if (!row.ok) return row;
    const bytes = await readBytes(request, LOGO_BYTES_MAX);
    if (!bytes) return fail("payload_too_large", "The image is larger than 256 KB.");
    const image = readLogo(bytes);
    if (!image.ok) return image;
    const object = companyStub(env, row.value.id);
    const before = await object.branding(actor);
    if (!before.ok) return before;
    const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 32);
    const key = `${companyFiles(actor.msp_id, row.value.id)}logo-${hash}`;
    const logo: LogoRecord = { key, hash, type: image.value.type, bytes: bytes.byteLength };
    await env.FILES.put(key, bytes, { httpMetadata: { contentType: logo.type } });
    const saved = await object.update(actor, { logo });
    const old = before.value.branding.logo;
    const useless = saved.ok ? old?.key : key;
    if (useless && useless !== (saved.ok ? key : old?.key)) await env.FILES.delete(useless);
    if (!saved.ok) return saved;
    const after = { ...before.value, branding: { ...before.value.branding, logo } };
    setHeader("etag", etagOf(after.branding));
    return ok(await brandingView(env, actor.msp_id, row.value.id, after));
  },
});

const remove = route({
  method: "DELETE",
  path,
  summary: "Remove a company's logo",
  access: "company.settings",
  audit: ["company.logo_changed"],
  params: idParams,
  success: { status: 204, description: "removed" },
  async handler({ env, session: { actor }, params, setHeader }) {
    const row = await loadCompany(env, actor, params.id);
    if (!row.ok) return row;
    const object = companyStub(env, row.value.id);
    const before = await object.branding(actor);
    if (!before.ok) return before;
    const { logo } = before.value.branding;
    setHeader("etag", etagOf({ ...before.value.branding, logo: null }));
    if (!logo) return ok(null);
    const saved = await object.update(actor, { logo: null });
    if (!saved.ok) return saved;
    await env.FILES.delete(logo.key);
    return ok(null);
  },
});

export const routes: Route[] = [show, upload, remove];
