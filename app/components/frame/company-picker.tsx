import { Command } from "cmdk";
import { Check } from "lucide-react";
import { useConsole } from "../../lib/use-console.ts";
import { COMMAND_INPUT, COMMAND_ITEM } from "./command-style.ts";

/** Type to find one company among hundreds. */
export default function CompanyPicker({
  current,
  onChoose,
}: {
  current: string | null;
  onChoose(id: string | null): void;
}) {
  const { companies } = useConsole();
  return (
    <Command label="Companies" loop>
      <Command.Input placeholder="Find a company" className={COMMAND_INPUT} autoFocus />
      <Command.List className="max-h-80 overflow-y-auto p-1">
        <Command.Empty className="p-3 text-sm text-soft">No company of that name.</Command.Empty>
        <Command.Item value="all companies" onSelect={() => onChoose(null)} className={COMMAND_ITEM}>
          All companies
          {current === null && <Check aria-hidden className="ml-auto size-4 text-accent" />}
        </Command.Item>
        {companies.map(({ id, name }) => (
          <Command.Item
            key={id}
            value={id}
            keywords={[name]}
            onSelect={() => onChoose(id)}
            className={COMMAND_ITEM}
          >
            <span className="truncate">{name}</span>
            {current === id && <Check aria-hidden className="ml-auto size-4 text-accent" />}
          </Command.Item>
        ))}
      </Command.List>
    </Command>
  );
}
