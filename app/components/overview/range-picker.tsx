import { useSearchFilters } from "../../lib/use-search-filters.ts";
import { FilterSelect } from "../ui/filter-bar.tsx";

const OPTIONS = [
  ["", "Last 24 hours"],
  ["7d", "Last 7 days"],
  ["30d", "Last 30 days"],
] as const;

export function RangePicker() {
  const { params, set } = useSearchFilters();
  return (
    <FilterSelect
      label="Time range"
      options={OPTIONS}
      value={params.get("range") ?? ""}
      onChange={(e) => set({ range: e.target.value })}
    />
  );
}
