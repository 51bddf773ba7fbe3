import { Form } from "@remix-run/react";
import { useSearchFilters } from "../../lib/use-search-filters.ts";
import { FilterSelect, SearchBox } from "../ui/filter-bar.tsx";

const STATUS = [
  ["", "Any status"],
  ["firing", "Firing"],
  ["resolved", "Resolved"],
  ["expired", "Expired"],
] as const;

const SEVERITY = [
  ["", "Any severity"],
  ["critical", "Critical"],
  ["high", "High"],
  ["medium", "Medium"],
  ["low", "Low"],
] as const;

/** `tools` are those seen in the list; a tool named in the address is offered too. */
export function AlertFilters({ tools }: { tools: string[] }) {
  const { params, set } = useSearchFilters();
  const tool = params.get("tool") ?? "";
  const names = [...new Set([...tools, tool])].filter(Boolean).sort();
  const options = [["", "Any tool"] as const, ...names.map((name) => [name, name] as const)];
  return (
    <Form
      role="search"
      aria-label="Filter alerts"
      className="flex flex-wrap items-center gap-2 max-sm:w-full"
      onSubmit={(event) => event.preventDefault()}
    >
      <SearchBox label="Search alerts" value={params.get("q") ?? ""} onSearch={(q) => set({ q })} />
      <FilterSelect
        label="Status"
        name="status"
        options={STATUS}
        value={params.get("status") ?? ""}
        onChange={(e) => set({ status: e.target.value })}
      />
      <FilterSelect
        label="Severity"
        name="severity"
        options={SEVERITY}
        value={params.get("severity") ?? ""}
        onChange={(e) => set({ severity: e.target.value })}
      />
      <FilterSelect
        label="Tool"
        name="tool"
        options={options}
        value={tool}
        onChange={(e) => set({ tool: e.target.value })}
      />
    </Form>
  );
}
