import type { MetaFunction } from "@remix-run/cloudflare";
import { FAQ, SHORTCUTS } from "../components/help/faq.ts";
import { PermissionTable } from "../components/help/permission-table.tsx";
import { PageHead } from "../components/ui/page-head.tsx";
import { Panel } from "../components/ui/panel.tsx";
import { ROLE_WORD } from "../lib/role-words.ts";
import { useViewer } from "../lib/use-console.ts";

export { PageErrorBoundary as ErrorBoundary } from "../components/ui/page-error.tsx";

export const meta: MetaFunction = () => [{ title: "Help · Alert Whisperer" }];

export default function Help() {
  const { role } = useViewer();
  return (
    <div className="mx-auto max-w-5xl space-y-4 p-4">
      <PageHead title="Help" />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Panel title="Questions" flush>
          <div className="divide-y">
            {FAQ.map(([question, answer]) => (
              <details key={question} className="group px-4 py-2.5 text-sm">
                <summary className="font-medium">{question}</summary>
                <p className="mt-2 mb-1 text-soft">{answer}</p>
              </details>
            ))}
          </div>
        </Panel>
        <Panel title="Keyboard">
          <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2.5 text-sm">
            {SHORTCUTS.map(([keys, what]) => (
              <div key={keys} className="contents">
                <dt>
                  <kbd className="inline-block min-w-7 rounded-sm border border-line-strong bg-sunken px-1.5 py-0.5 text-center font-sans text-xs">
                    {keys}
                  </kbd>
                </dt>
                <dd className="text-soft">{what}</dd>
              </div>
            ))}
          </dl>
        </Panel>
      </div>
      <Panel title="Who may do what" flush aside={<span>You are: {ROLE_WORD[role]}</span>}>
        <PermissionTable />
      </Panel>
    </div>
  );
}
