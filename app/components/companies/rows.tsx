import { Link } from "@remix-run/react";
import { OctagonAlert } from "lucide-react";
import type { Company } from "../../../core/company.ts";
import { count } from "../../lib/format.ts";
import { useLive, useRevalidateOn } from "../../live/use-live.ts";
import { type Page, usePages } from "../../live/use-pages.ts";
import { Button } from "../ui/button.tsx";

function CompanyRow({ company }: { company: Company }) {
  return (
    <tr className="hover:bg-hover">
      <td className="max-w-0 px-4 py-2.5">
        <Link
          to={`/companies/${company.id}`}
          dir="auto"
          className="block truncate text-left font-medium hover:underline max-sm:whitespace-normal"
        >
          {company.name}
        </Link>
      </td>
      <td className="px-4 py-2.5">
        {company.critical_incidents > 0 ? (
          <span className="flex items-center gap-1.5 text-xs font-medium whitespace-nowrap text-critical">
            <OctagonAlert aria-hidden className="size-3.5" />
            {count(company.critical_incidents)} critical
          </span>
        ) : (
          <span className="text-faint">None</span>
        )}
      </td>
      <td className="px-4 py-2.5 text-right">
        <Link
          to={`/incidents?company_id=${company.id}`}
          aria-label={`${company.open_incidents} open incidents of ${company.name}`}
          className="hover:underline"
        >
          {count(company.open_incidents)}
        </Link>
      </td>
      <td className="px-4 py-2.5 text-right text-soft max-sm:hidden">{count(company.alerts_24h)}</td>
      <td className="px-4 py-2.5 text-soft max-md:hidden">{company.time_zone}</td>
    </tr>
  );
}

/** Companies by name; their figures follow the live stream. */
export function CompanyRows({ query, page }: { query: string; page: Page<Company> }) {
  const { incidents } = useLive();
  useRevalidateOn(incidents, 2000, 5000);
  const { extra, hasMore, loadMore, failed } = usePages<Company>(`/api/companies?${query}`, page);
  return (
    <>
      <table className="w-full text-sm">
        <caption className="sr-only">Companies</caption>
        <thead className="text-left text-xs text-faint">
          <tr className="border-b">
            <th scope="col" className="w-full px-4 py-2 font-normal">
              Name
            </th>
            <th scope="col" className="px-4 py-2 font-normal sm:min-w-28">
              Critical
            </th>
            <th scope="col" className="px-4 py-2 text-right font-normal">
              Open
            </th>
            <th scope="col" className="px-4 py-2 text-right font-normal whitespace-nowrap max-sm:hidden">
              Alerts, 24 h
            </th>
            <th scope="col" className="min-w-36 px-4 py-2 font-normal max-md:hidden">
              Time zone
            </th>
          </tr>
        </thead>
        <tbody className="divide-y">
          {[...page.items, ...extra].map((company) => (
            <CompanyRow key={company.id} company={company} />
          ))}
        </tbody>
      </table>
      {hasMore && (
        <div className="border-t p-3 text-center">
          <Button onClick={loadMore}>Show more</Button>
          {failed && <p className="mt-2 text-sm text-danger">{failed}</p>}
        </div>
      )}
    </>
  );
}
