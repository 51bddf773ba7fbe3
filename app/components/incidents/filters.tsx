import { Form } from "@remix-run/react";
import { useSearchFilters } from "../../lib/use-search-filters.ts";
import { FilterSelect, SearchBox } from "../ui/filter-bar.tsx";

const STATUS = [
  ["open", "Open"],
  ["new", "New"],
  ["acknowledged", "Acknowledged"],
  ["in_progress", "In progress"],
  ["resolved", "Resolved"],
  ["all", "Any status"],
] as const;

const SEVERITY = [
  ["", "Any severity"],
  ["critical", "Critical"],
  ["high", "High"],
  ["medium", "Medium"],
  ["low", "Low"],
] as const;

const SORT = [
  ["priority", "By priority"],
  ["created", "Newest first"],
  ["updated", "Last changed"],
  ["severity", "By severity"],
] as const;

export function IncidentFilters() {
  const { params, set } = useSearchFilters();
  return (
    <Form
      role="search"
      aria-label="Filter incidents"
      className="flex flex-wrap items-center gap-2 max-sm:w-full"
      onSubmit={(event) => event.preventDefault()}
    >
      <SearchBox label="Search incidents" value={params.get("q") ?? ""} onSearch={(q) => set({ q })} />
      <FilterSelect
        label="Status"
        name="status"
        options={STATUS}
        value={params.get("status") ?? "open"}
        onChange={(e) => set({ status: e.target.value === "open" ? null : e.target.value })}
      />
      <FilterSelect
        label="Severity"
        name="severity"
        options={SEVERITY}
        value={params.get("severity") ?? ""}
        onChange={(e) => set({ severity: e.target.value })}
      />
      <FilterSelect
        label="Sort"
        name="sort"
        options={SORT}
        value={params.get("sort") ?? "priority"}
        onChange={(e) => set({ sort: e.target.value === "priority" ? null : e.target.value })}
      />
    </Form>
  );
}
