import { useFetcher } from "@remix-run/react";
import { Tabs } from "radix-ui";
import { useEffect, useState } from "react";
import type { Access } from "../../lib/setup/access.ts";
import type { LoadedSetup } from "../../lib/setup/load.server.ts";
import { useViewer } from "../../lib/use-console.ts";
import { PayloadTrial } from "../intake/payload-trial.tsx";
import { PartOf } from "../overview/part.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { ToolGuide } from "./tool-guide.tsx";

const FIRST = "alerts";
/** Guides are long, so one at a time is asked for: of the page that shows them, wherever the picker stands. */
const setupPath = (companyId: string, tool: string) => `/companies/${companyId}/integrations?tool=${tool}`;

interface ToolSetupProps {
  companyId: string;
  access: Access;
  /** What the page brought with it; else it is asked for. */
  initial?: LoadedSetup;
}

/** Every tool whose payloads are understood, and the steps that point the chosen one at this company. */
export function ToolSetup({ companyId, access, initial }: ToolSetupProps) {
  const { may } = useViewer();
  const fetcher = useFetcher<{ setup: LoadedSetup }>({ key: `setup-${companyId}` });
  const [tool, setTool] = useState(initial?.tool ?? FIRST);
  const loaded = fetcher.data?.setup ?? initial;
  const missing = !loaded && fetcher.state === "idle";
  const { load } = fetcher;
  useEffect(() => {
    if (missing) load(setupPath(companyId, FIRST));
  }, [missing, load, companyId]);
  if (!loaded) return <Skeleton rows={6} className="p-0" />;
  return (
    <PartOf part={loaded.tools}>
      {({ items }) => (
        <Tabs.Root
          value={tool}
          onValueChange={(name) => {
            setTool(name);
            load(setupPath(companyId, name));
          }}
          activationMode="manual"
          className="space-y-4"
        >
          <Tabs.List aria-label="Tool" className="flex flex-wrap gap-1.5">
            {items.map(({ tool: name, label }) => (
              <Tabs.Trigger
                key={name}
                value={name}
                className="h-8 rounded-md border border-line-strong px-3 text-sm text-soft hover:bg-hover data-[state=active]:border-accent data-[state=active]:bg-accent-wash data-[state=active]:text-ink max-sm:h-9"
              >
                {label}
              </Tabs.Trigger>
            ))}
          </Tabs.List>
          {items.map(({ tool: name }) => (
            <Tabs.Content key={name} value={name}>
              {loaded.tool === name ? (
                <PartOf part={loaded.guide}>
                  {(guide) => (
                    <div className="space-y-4">
                      <ToolGuide guide={guide} access={access} />
                      {may("intake.read") && <PayloadTrial companyId={companyId} tool={name} />}
                    </div>
                  )}
                </PartOf>
              ) : (
                <Skeleton rows={6} className="p-0" />
              )}
            </Tabs.Content>
          ))}
        </Tabs.Root>
      )}
    </PartOf>
  );
}
