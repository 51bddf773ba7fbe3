import type { AppLoadContext } from "@remix-run/cloudflare";
import * as z from "zod";
import { aliasSchema, createAssetSchema, tagSchema } from "../../core/asset-schema.ts";
import { load } from "./api.server.ts";
import { ASSET_PAGE, type AssetPage, assetQuery } from "./asset-query.ts";
import { type FormAnswer, idForm, intent, runIntent, segment } from "./intents.server.ts";

/** One page of a company's assets as the address narrows it. */
export async function loadAssets(context: AppLoadContext, request: Request, companyId: string) {
  const query = assetQuery(new URL(request.url).searchParams);
  const path = `/api/companies/${segment(companyId)}/assets?${query}&limit=${ASSET_PAGE}`;
  return { companyId, page: await load<AssetPage>(context, request, path), query: query.toString() };
}

/** Several entries in one text field, apart at `by`. */
const several = (by: RegExp, item: z.ZodType<string, string>, max: number) =>
  z
    .string()
    .default("")
    .transform((text) => [...new Set(text.split(by).map((part) => part.trim()))].filter(Boolean))
    .refine((items) => items.length <= max, `at most ${max}`)
    .superRefine((items, context) => {
      const wrong = items.find((text) => !item.safeParse(text).success);
      const issue = wrong === undefined ? undefined : item.safeParse(wrong).error?.issues[0];
      if (issue) context.addIssue({ code: "custom", message: `${wrong?.slice(0, 40)}: ${issue.message}` });
    });

const { name, type, environment, ip, instance_id, os, notes } = createAssetSchema.shape;
const assetForm = z.object({
  name: z.string({ error: "give the asset a name" }).pipe(name),
  type,
  environment,
  ip: ip.optional(),
  instance_id: instance_id.optional(),
  os: os.optional(),
  notes: notes.optional(),
  tags: several(/[,\n]/, tagSchema, 50),
  aliases: several(/\n/, aliasSchema, 100),
  depends_on: z.array(z.string()).default([]),
  critical: z.coerce.boolean().default(false),
});

/** A field somebody emptied is none. */
function bodyOf({
  ip = null,
  instance_id = null,
  os = null,
  notes = null,
  ...rest
}: z.output<typeof assetForm>) {
  return { ...rest, ip, instance_id, os, notes };
}

/** The forms of the asset pages. */
export async function runAssetAction(
  context: AppLoadContext,
  request: Request,
  companyId: string,
): Promise<FormAnswer> {
  const base = `/api/companies/${segment(companyId)}/assets`;
  return runIntent(context, request, {
    "asset-add": intent("POST", assetForm, (values) => ({ path: base, body: bodyOf(values) })),
    "asset-edit": intent("PATCH", assetForm.extend({ id: z.string() }), ({ id, ...values }) => ({
      path: `${base}/${segment(id)}`,
      body: bodyOf(values),
    })),
    "asset-critical": intent("PATCH", idForm.extend({ critical: z.enum(["yes", "no"]) }), (values) => ({
      path: `${base}/${segment(values.id)}`,
      body: { critical: values.critical === "yes" },
    })),
    "asset-delete": intent("DELETE", idForm, ({ id }) => ({ path: `${base}/${segment(id)}` })),
  });
}
