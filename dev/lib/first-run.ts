import { ApiClient } from "./api-client.ts";
import { type FirstRun, saveFirstRun } from "./secrets-file.ts";

/**
 * Makes the first MSP, its admin and a company through the public API, as a person would. Nothing is done when
 * the file already holds a company; a run killed half-way is taken up where it stopped.
 */
export async function ensureFirstCompany(origin: string, dataDir: string, file: FirstRun): Promise<void> {
  if (file.company) return;
  if (process.env.REQUIRE_ADMIN_TOTP === "true")
    throw new Error(
      "Start once without REQUIRE_ADMIN_TOTP: the first company is made by an admin who has no authenticator yet.",
    );
  const client = new ApiClient(origin);
  await client.enter({ ...file.sign_in, name: "First Admin", msp_name: "My MSP" });
  const company = await client.createCompany("First Company");
  await client.liftRateLimit(company.id);
  file.company = company;
  saveFirstRun(dataDir, file);
}
