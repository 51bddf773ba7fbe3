import { useLocation, useNavigate, useParams } from "@remix-run/react";
import { Building2, ChevronsUpDown } from "lucide-react";
import { Popover } from "radix-ui";
import { lazy, Suspense, useState } from "react";
import { useCompanyName, useScope } from "../../lib/use-console.ts";
import { Button } from "../ui/button.tsx";

const CompanyPicker = lazy(() => import("./company-picker.tsx"));

/** Narrows the console to one company; the choice is part of the URL. */
export function CompanySwitcher() {
  const [open, setOpen] = useState(false);
  const { pathname, search } = useLocation();
  const params = useParams();
  const navigate = useNavigate();
  const scope = useScope();
  const nameOf = useCompanyName();
  const onCompanyPage = pathname.startsWith("/companies/") && params.id;
  const current = onCompanyPage ? (params.id ?? null) : scope;

  function choose(id: string | null) {
    setOpen(false);
    if (pathname.startsWith("/companies")) {
      navigate(id ? `/companies/${id}` : "/companies");
      return;
    }
    const next = new URLSearchParams(search);
    if (id) next.set("company_id", id);
    else next.delete("company_id");
    next.delete("alert");
    const list = /^\/(dashboard|incidents|alerts|assets)$/.test(pathname) ? pathname : "/incidents";
    navigate(`${list}?${next}`);
  }

  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <Button
          look="quiet"
          className="min-w-0 max-w-48 sm:max-w-60"
          aria-label={`Company: ${current ? nameOf(current) : "All companies"}`}
        >
          <Building2 aria-hidden className="size-4 shrink-0 text-faint" />
          <span dir="auto" className="truncate">
            {current ? nameOf(current) : "All companies"}
          </span>
          <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-faint" />
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={6}
          aria-label="Choose a company"
          className="z-50 w-72 animate-in rounded-md border bg-raised shadow-pop"
        >
          <Suspense fallback={<p className="p-3 text-sm text-faint">Loading</p>}>
            <CompanyPicker current={current} onChoose={choose} />
          </Suspense>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
