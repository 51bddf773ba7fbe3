import * as z from "zod";

/** IAM: a path of printable parts, a name of at most 64 (IAM user guide, "IAM identifiers"). */
const ROLE = /^arn:(?:aws|aws-cn|aws-us-gov):iam::(\d{12}):role\/(?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/;
const REGION = /^[a-z]{2}(?:-[a-z]+){1,3}-\d{1,2}$/;

const shape = {
  account_id: z
    .string()
    .trim()
    .regex(/^\d{12}$/, "an AWS account id is 12 digits")
    .nullable()
    .describe("null: no access"),
  role_arn: z
    .string()
    .trim()
    .max(640)
    .regex(ROLE, "write the role as arn:aws:iam::123456789012:role/NAME")
    .nullable()
    .describe("the role that is assumed with the external id; null while there is none"),
  regions: z
    .array(z.string().trim().regex(REGION, "not a region, for example eu-central-1"))
    .max(50, "at most 50 regions")
    .refine((list) => new Set(list).size === list.length, "name each region once"),
};

interface Access {
  account_id: string | null;
  role_arn: string | null;
  regions: string[];
}

type Told = { addIssue(issue: { code: "custom"; path: string[]; message: string }): void };

/** What only the whole can say: the role lies in the account, and an account has regions. */
export function checkAccess({ account_id, role_arn, regions }: Access, context: Told): void {
  const wrong = (field: string, message: string) =>
    context.addIssue({ code: "custom", path: [field], message });
  if (role_arn !== null && ROLE.exec(role_arn)?.[1] !== account_id)
    wrong("role_arn", "the role lies in another account than the one given");
  if (account_id !== null && regions.length === 0) wrong("regions", "name a region");
}

/** Where a company's servers in AWS are, and the role through which they may be reached. */
export const awsAccessShape = z.object(shape);
export const awsAccessInput = z
  .object({ ...shape, role_arn: shape.role_arn.default(null), regions: shape.regions.default([]) })
  .superRefine(checkAccess);
export type AwsAccess = z.infer<typeof awsAccessShape>;
export const NO_AWS_ACCESS: AwsAccess = { account_id: null, role_arn: null, regions: [] };

export const awsAccessView = awsAccessShape.extend({
  external_id: z
    .string()
    .nullable()
    .describe(
      "what the role's trust policy must ask for; made by the first save, shown to whoever may change it",
    ),
});
export type AwsAccessView = z.infer<typeof awsAccessView>;
