import { Form } from "@remix-run/react";
import { useConsole } from "../../lib/use-console.ts";
import { useSearchFilters } from "../../lib/use-search-filters.ts";
import { FilterSelect, SearchBox } from "../ui/filter-bar.tsx";

/** Ends in a dot: everything that happens to such a thing. */
const THINGS = [
  ["", "Any action"],
  ["asset", "Assets"],
  ["company.", "Companies"],
  ["contact.", "Contact methods"],
  ["incident.", "Incidents"],
  ["invitation.", "Invitations"],
  ["msp.", "Settings of the MSP"],
  ["password.", "Password resets"],
  ["session.", "Sessions"],
  ["token.", "Access tokens"],
  ["user.", "People and accounts"],
] as const;

export function AuditFilters({ people }: { people: { id: string; name: string }[] }) {
  const { params, set } = useSearchFilters();
  const { companies } = useConsole();
  const action = params.get("action") ?? "";
  const things = THINGS.some(([value]) => value === action) ? THINGS : [...THINGS, [action, action] as const];
  return (
    <Form
      role="search"
      aria-label="Filter the audit log"
      className="grid grid-cols-2 items-center gap-2 sm:flex sm:flex-wrap max-sm:[&>*:first-child]:col-span-2 max-sm:[&>*:nth-child(4)]:col-span-2"
      onSubmit={(event) => event.preventDefault()}
    >
      <SearchBox label="Search entries" value={params.get("q") ?? ""} onSearch={(q) => set({ q })} />
      <FilterSelect
        label="Who"
        options={[["", "Anybody"], ...people.map(({ id, name }) => [id, name] as const)]}
        value={params.get("actor_id") ?? ""}
        onChange={(e) => set({ actor_id: e.target.value })}
      />
      <FilterSelect
        label="Action"
        options={things}
        value={action}
        onChange={(e) => set({ action: e.target.value })}
      />
      <FilterSelect
        label="Company"
        options={[["", "Any company"], ...companies.map(({ id, name }) => [id, name] as const)]}
        value={params.get("company_id") ?? ""}
        onChange={(e) => set({ company_id: e.target.value })}
      />
      <Day name="from" label="From" value={params.get("from") ?? ""} onChange={(from) => set({ from })} />
      <Day name="to" label="To" value={params.get("to") ?? ""} onChange={(to) => set({ to })} />
    </Form>
  );
}

interface DayProps {
  name: string;
  label: string;
  value: string;
  onChange(day: string): void;
}

function Day({ name, label, value, onChange }: DayProps) {
  return (
    <label className="flex items-center gap-1.5 text-xs text-faint">
      {label}
      <input
        type="date"
        name={name}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="h-8 min-w-0 rounded-md border border-line-strong bg-raised px-2 text-sm text-ink max-sm:h-9 max-sm:flex-1"
      />
    </label>
  );
}
