import { Form } from "@remix-run/react";
import { X } from "lucide-react";
import { ASSET_TYPES, ENVIRONMENTS } from "../../../core/asset.ts";
import { useSearchFilters } from "../../lib/use-search-filters.ts";
import { Button } from "../ui/button.tsx";
import { FilterSelect, SearchBox } from "../ui/filter-bar.tsx";
import { ENVIRONMENT, TYPE } from "./words.tsx";

const HEALTH = [
  ["", "Any health"],
  ["critical,high,medium,low", "Has open alerts"],
  ["critical", "Critical"],
  ["high", "High"],
  ["medium", "Medium"],
  ["low", "Low"],
  ["ok", "OK"],
] as const;
const TYPES = [["", "Any type"] as const, ...ASSET_TYPES.map((type) => [type, TYPE[type].word] as const)];
const PLACES = [
  ["", "Any environment"] as const,
  ...ENVIRONMENTS.map((name) => [name, ENVIRONMENT[name]] as const),
];
const CRITICAL = [
  ["", "Critical or not"],
  ["true", "Critical only"],
  ["false", "Not critical"],
] as const;

/** Everything the list is narrowed by, kept in the address. */
export function AssetFilters() {
  const { params, set } = useSearchFilters();
  const tag = params.get("tag");
  const choice = (name: string) => ({
    name,
    value: params.get(name) ?? "",
    onChange: (event: { target: { value: string } }) => set({ [name]: event.target.value }),
  });
  return (
    <Form
      role="search"
      aria-label="Filter assets"
      className="flex flex-wrap items-center gap-2 max-sm:grid max-sm:w-full max-sm:grid-cols-2 max-sm:[&>div]:col-span-2"
      onSubmit={(event) => event.preventDefault()}
    >
      <SearchBox label="Search assets" value={params.get("q") ?? ""} onSearch={(q) => set({ q })} />
      <FilterSelect label="Health" options={HEALTH} {...choice("health")} />
      <FilterSelect label="Type" options={TYPES} {...choice("type")} />
      <FilterSelect label="Environment" options={PLACES} {...choice("environment")} />
      <FilterSelect label="Critical" options={CRITICAL} {...choice("critical")} />
      {tag && (
        <Button size="sm" onClick={() => set({ tag: null })} aria-label={`No longer only the tag ${tag}`}>
          <span className="max-w-40 truncate">{tag}</span>
          <X aria-hidden className="size-3.5" />
        </Button>
      )}
    </Form>
  );
}
