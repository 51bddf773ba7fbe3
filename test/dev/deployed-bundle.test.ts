import { type BuildOptions, build } from "esbuild";
import { describe, expect, it } from "vitest";
import { unstable_readConfig } from "wrangler";
import { inRoot } from "../../dev/lib/paths.ts";
import { workerDevBundle } from "../../dev/lib/worker-bundle.ts";

/** The Worker without its pages, bundled with the constants that wrangler.toml gives the environment. */
async function bundled(environment: string | undefined): Promise<string> {
  const { define } = unstable_readConfig({ config: inRoot("wrangler.toml"), env: environment });
  const options: BuildOptions = {
    ...workerDevBundle(),
    define: define as Record<string, string>,
    sourcemap: false,
    write: false,
  };
  const { outputFiles } = await build(options);
  return outputFiles?.[0]?.text ?? "";
}

describe("what is deployed", () => {
  it.each(["staging", "production"])("holds no mailbox: %s", async (environment) => {
    const text = await bundled(environment);
    expect(text).toContain("/api/auth/signup");
    expect(text).not.toContain("/dev/mailbox");
    expect(text).not.toContain("What this local run would have sent");
  }, 60_000);

  it("is found out by what a local run holds", async () => {
    expect(await bundled(undefined)).toContain("/dev/mailbox");
  }, 60_000);
});
