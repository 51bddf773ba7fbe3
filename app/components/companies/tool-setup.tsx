import { Tabs } from "radix-ui";
import type { Access } from "../../lib/setup/access.ts";
import { TOOLS, type Tool } from "../../lib/setup/tools.ts";
import { Chip } from "../ui/chip.tsx";
import { CodeBlock } from "../ui/code-block.tsx";

function Steps({ tool, access }: { tool: Tool; access: Access }) {
  return (
    <ol className="list-decimal space-y-4 pl-5 text-sm marker:text-faint">
      {tool.steps(access).map(({ text, code }) => (
        <li key={text} className="pl-1">
          <p>{text}</p>
          {code && (
            <div className="mt-2">
              <CodeBlock label={code.label} text={code.text} />
            </div>
          )}
        </li>
      ))}
    </ol>
  );
}

/** Per tool, the exact steps that point it at one company. */
export function ToolSetup({ access }: { access: Access }) {
  return (
    <Tabs.Root defaultValue={TOOLS[0]?.id} className="space-y-4">
      <Tabs.List aria-label="Tool" className="flex flex-wrap gap-1.5">
        {TOOLS.map((tool) => (
          <Tabs.Trigger
            key={tool.id}
            value={tool.id}
            className="h-8 rounded-md border border-line-strong px-3 text-sm text-soft hover:bg-hover data-[state=active]:border-accent data-[state=active]:bg-accent-wash data-[state=active]:text-ink max-sm:h-9"
          >
            {tool.name}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {TOOLS.map((tool) => (
        <Tabs.Content key={tool.id} value={tool.id} className="space-y-3">
          {!tool.signs && (
            <p className="flex flex-wrap items-center gap-2 text-sm text-soft">
              <Chip tone="warn">Weaker</Chip>
              It cannot sign what it sends: whoever has the key can send in this company’s name.
            </p>
          )}
          <Steps tool={tool} access={access} />
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}
