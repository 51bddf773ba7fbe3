import { Link, useSearchParams } from "@remix-run/react";
import type { AuditItem } from "../../../core/audit-log.ts";
import { actionWords } from "../../lib/audit-filter.ts";
import { useCompanyName } from "../../lib/use-console.ts";
import { ClockTime } from "../ui/clock-time.tsx";

/** The log, newest first. */
export function AuditRows({ items }: { items: AuditItem[] }) {
  return (
    <table className="w-full text-sm max-sm:block">
      <caption className="sr-only">Audit log</caption>
      <thead className="text-left text-xs text-faint max-sm:sr-only">
        <tr className="border-b">
          <th scope="col" className="px-4 py-2 font-normal">
            When
          </th>
          <th scope="col" className="px-4 py-2 font-normal">
            Who
          </th>
          <th scope="col" className="w-full px-4 py-2 font-normal">
            What
          </th>
          <th scope="col" className="px-4 py-2 font-normal max-lg:hidden">
            Company
          </th>
          <th scope="col" className="px-4 py-2 text-right font-normal max-lg:hidden">
            No.
          </th>
        </tr>
      </thead>
      <tbody className="divide-y max-sm:block">
        {items.map((item) => (
          <Row key={item.id} item={item} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ item }: { item: AuditItem }) {
  const [params] = useSearchParams();
  const nameOf = useCompanyName();
  const to = new URLSearchParams(params);
  to.set("entry", item.id);
  return (
    <tr className="relative hover:bg-hover max-sm:block max-sm:px-4 max-sm:py-2.5 max-sm:wrap-anywhere">
      <td className="px-4 py-2 whitespace-nowrap text-soft max-sm:block max-sm:p-0 max-sm:text-xs">
        <ClockTime at={item.at} />
      </td>
      <td className="max-w-44 truncate px-4 py-2 max-sm:inline max-sm:p-0 max-sm:after:content-['_·_']">
        {item.actor.name}
        {item.actor.type === "token" && <span className="text-faint"> (token)</span>}
      </td>
      <td className="max-w-0 px-4 py-2 max-sm:inline max-sm:max-w-none max-sm:p-0">
        <Link
          to={`?${to}`}
          preventScrollReset
          className="font-medium after:absolute after:inset-0 hover:underline sm:block sm:truncate"
        >
          {actionWords(item.action)}
          <span className="font-normal text-soft"> {item.target.name ?? ""}</span>
        </Link>
      </td>
      <td className="max-w-44 truncate px-4 py-2 text-soft max-lg:hidden">
        {item.company_id ? nameOf(item.company_id) : ""}
      </td>
      <td className="px-4 py-2 text-right text-faint max-lg:hidden">{item.seq ?? "…"}</td>
    </tr>
  );
}
