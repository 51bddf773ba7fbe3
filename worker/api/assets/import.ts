import * as z from "zod";
import { IMPORT_BYTES_MAX, importResultSchema } from "../../../core/asset-schema.ts";
import { fail, ok } from "../../../core/errors.ts";
import { readAssetCsv } from "../../assets/csv-in.ts";
import { notFound } from "../../company-stub.ts";
import { route as define, idParams } from "../route.ts";
import { assetsOf } from "./of-company.ts";

/** A list of a MiB, with every quote in it escaped. */
const BODY_MAX = 3 * IMPORT_BYTES_MAX;

/** The list is read here, beside the object, which gets rows that are already checked for themselves. */
export const route = define({
  method: "POST",
  path: "/api/companies/{id}/assets/import",
  summary: "Bring in a CSV list of assets: rows that are known change, others are added, wrong ones are told",
  access: "assets.write",
  audit: ["assets.imported"],
  params: idParams,
  body: z.object({
    csv: z.string().describe("with a header; UTF-8, at most 5,000 rows and 1 MiB"),
    dry_run: z.boolean().default(false).describe("only say what would become of each row"),
  }),
  body_limit: BODY_MAX,
  success: { status: 200, description: "what became of each row", schema: importResultSchema },
  errors: ["payload_too_large"],
  async handler({ env, session: { actor }, params, body }) {
    const company = assetsOf(env, params.id);
    if (!company) return notFound();
    if (new TextEncoder().encode(body.csv).length > IMPORT_BYTES_MAX)
      return fail("payload_too_large", "The list is larger than 1 MiB.");
    const read = readAssetCsv(body.csv);
    if (!read.ok) return read;
    const good = read.value.flatMap((one) => ("row" in one ? one.row : []));
    const done = await company.importAssets(actor, good, body.dry_run);
    if (!done.ok) return done;
    const refused = read.value.flatMap((one) => ("refused" in one ? one.refused : []));
    const rows = [...done.value.rows, ...refused].sort((a, b) => a.line - b.line);
    return ok({ ...done.value, rows, refused: done.value.refused + refused.length });
  },
});
