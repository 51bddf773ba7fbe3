import { useNavigate } from "@remix-run/react";
import { Command } from "cmdk";
import { Building2, Plus, Search } from "lucide-react";
import { Dialog } from "radix-ui";
import { useState } from "react";
import { useConsole, useScope, useViewer } from "../../lib/use-console.ts";
import { SeverityMark } from "../ui/severity.tsx";
import { COMMAND_INPUT, COMMAND_ITEM } from "./command-style.ts";
import { placesFor, scopedTo } from "./nav.ts";
import { useIncidentSearch } from "./use-incident-search.ts";

const GROUP =
  "[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-faint";

/** Everything by name: places, companies, incidents. */
export default function Palette({ onClose }: { onClose(): void }) {
  const [text, setText] = useState("");
  const navigate = useNavigate();
  const { companies } = useConsole();
  const scope = useScope();
  const { role, may } = useViewer();
  const found = useIncidentSearch(text);
  const query = text.trim();

  function go(to: string) {
    onClose();
    navigate(to);
  }

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-in bg-black/50" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed top-[12vh] left-1/2 z-50 w-[min(94vw,36rem)] -translate-x-1/2 animate-in overflow-hidden rounded-lg border bg-raised shadow-pop"
        >
          <Dialog.Title className="sr-only">Search and commands</Dialog.Title>
          <Command label="Search and commands" loop>
            <Command.Input
              value={text}
              onValueChange={setText}
              placeholder="Search incidents, companies, pages"
              className={COMMAND_INPUT}
            />
            <Command.List className="max-h-[60vh] overflow-y-auto p-1.5">
              {query && (
                <Command.Group heading="Incidents" forceMount className={GROUP}>
                  {found.map((incident) => (
                    <Command.Item
                      key={incident.id}
                      value={incident.id}
                      forceMount
                      onSelect={() => go(`/incidents/${incident.id}`)}
                      className={COMMAND_ITEM}
                    >
                      <SeverityMark severity={incident.severity} className="w-20 shrink-0" />
                      <span className="truncate">{incident.title}</span>
                    </Command.Item>
                  ))}
                  <Command.Item
                    value="search incidents"
                    forceMount
                    onSelect={() => go(`/incidents?q=${encodeURIComponent(query)}`)}
                    className={COMMAND_ITEM}
                  >
                    <Search aria-hidden className="size-4 text-faint" />
                    Search incidents for “{query}”
                  </Command.Item>
                </Command.Group>
              )}
              <Command.Group heading="Go to" className={GROUP}>
                {placesFor(role).map(({ to, label, icon: Icon, scoped }) => (
                  <Command.Item
                    key={to}
                    value={to}
                    keywords={[label]}
                    onSelect={() => go(scopedTo(to, scoped, scope))}
                    className={COMMAND_ITEM}
                  >
                    <Icon aria-hidden className="size-4 text-faint" />
                    {label}
                  </Command.Item>
                ))}
                {may("company.create") && (
                  <Command.Item
                    value="/companies/new"
                    keywords={["add create new company"]}
                    onSelect={() => go("/companies/new")}
                    className={COMMAND_ITEM}
                  >
                    <Plus aria-hidden className="size-4 text-faint" />
                    Add a company
                  </Command.Item>
                )}
              </Command.Group>
              <Command.Group heading="Companies" className={GROUP}>
                {companies.map(({ id, name }) => (
                  <Command.Item
                    key={id}
                    value={id}
                    keywords={[name]}
                    onSelect={() => go(`/companies/${id}`)}
                    className={COMMAND_ITEM}
                  >
                    <Building2 aria-hidden className="size-4 text-faint" />
                    {name}
                  </Command.Item>
                ))}
              </Command.Group>
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
