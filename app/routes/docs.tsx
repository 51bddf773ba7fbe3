import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { Link, useLoaderData } from "@remix-run/react";
import { CallRow } from "../components/docs/call-row.tsx";
import { Logo } from "../components/ui/logo.tsx";
import { Panel } from "../components/ui/panel.tsx";
import { load } from "../lib/api.server.ts";
import { type ApiDocument, readable } from "../lib/api-document.ts";

export { PageErrorBoundary as ErrorBoundary } from "../components/ui/page-error.tsx";

export const meta: MetaFunction = () => [{ title: "API · Alert Whisperer" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const document = await load<ApiDocument>(context, request, "/api/openapi.json");
  return { version: document.info.version, groups: readable(document) };
}

/** The API's document, to be read. */
export default function ApiDocs() {
  const { version, groups } = useLoaderData<typeof loader>();
  return (
    <div className="mx-auto max-w-5xl space-y-4 p-4">
      <header className="space-y-2 py-4">
        <Link to="/" className="inline-flex items-center gap-2.5 font-semibold tracking-tight">
          <Logo className="size-7" />
          Alert Whisperer
        </Link>
        <h1 className="text-2xl font-semibold tracking-tight">API, version {version}</h1>
        <p className="max-w-3xl text-soft">
          JSON in snake_case, times as ISO 8601 in UTC, ids opaque. An error is{" "}
          <code className="font-mono text-sm">{'{"error", "detail", "fields"?}'}</code> with the fitting
          status; a list is <code className="font-mono text-sm">{'{"items", "next_cursor"}'}</code> and takes{" "}
          <code className="font-mono text-sm">limit</code> and{" "}
          <code className="font-mono text-sm">cursor</code>. Sign in, or send a personal access token as{" "}
          <code className="font-mono text-sm">Authorization: Bearer awp_…</code>. For programs the same stands
          in{" "}
          <a className="underline underline-offset-2" href="/api/openapi.json">
            /api/openapi.json
          </a>{" "}
          (OpenAPI 3.1).
        </p>
        <nav aria-label="Parts of the API" className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
          {groups.map(({ tag }) => (
            <a key={tag} className="py-1 underline underline-offset-2" href={`#${tag}`}>
              {tag}
            </a>
          ))}
        </nav>
      </header>
      <main className="space-y-4">
        {groups.map(({ tag, calls }) => (
          <div key={tag} id={tag} className="scroll-mt-4">
            <Panel
              title={tag}
              flush
              aside={<span>{calls.length === 1 ? "1 call" : `${calls.length} calls`}</span>}
            >
              <div className="divide-y">
                {calls.map((call) => (
                  <CallRow key={call.id} call={call} />
                ))}
              </div>
            </Panel>
          </div>
        ))}
      </main>
    </div>
  );
}
