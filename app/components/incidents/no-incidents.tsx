import { Link } from "@remix-run/react";
import { CircleCheckBig, SearchX } from "lucide-react";
import { useConsole } from "../../lib/use-console.ts";
import { Button } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";

/** An empty list says whether that is good news, a narrow filter, or nothing set up yet. */
export function NoIncidents({ query }: { query: URLSearchParams }) {
  const { companies, companiesKnown } = useConsole();
  if (companiesKnown && companies.length === 0) {
    return (
      <Empty
        icon={CircleCheckBig}
        title="No incidents yet"
        action={
          <Button asChild look="primary">
            <Link to="/companies/new">Add a company</Link>
          </Button>
        }
      >
        Incidents open by themselves once a company’s monitoring tools send alerts. Add the first company to
        get its webhook address.
      </Empty>
    );
  }
  const narrowed =
    ["q", "severity", "company_id"].some((name) => query.has(name)) || query.get("status") !== "open";
  if (narrowed) {
    return (
      <Empty
        icon={SearchX}
        title="No incident matches these filters"
        action={
          <Button asChild>
            <Link to="/incidents">Show all open incidents</Link>
          </Button>
        }
      />
    );
  }
  return (
    <Empty
      icon={CircleCheckBig}
      title="Nothing is open"
      action={
        <Button asChild>
          <Link to="/incidents?status=resolved">Look at resolved ones</Link>
        </Button>
      }
    >
      New incidents appear here by themselves.
    </Empty>
  );
}
