import { Link } from "@remix-run/react";
import { useConsole } from "../../lib/use-console.ts";
import { Button } from "../ui/button.tsx";
import { PageHead } from "../ui/page-head.tsx";

const STEPS = [
  ["Add a company", "It gets a key, a signing secret and a webhook address of its own."],
  [
    "Point a monitoring tool at it",
    "Prometheus Alertmanager by its own webhook, anything else by a signed POST.",
  ],
  ["Watch an incident appear", "Alerts that belong together become one incident that says why."],
] as const;

/** What a new account sees instead of an overview full of zeros. */
export function GettingStarted() {
  const { me } = useConsole();
  return (
    <div className="mx-auto max-w-2xl space-y-6 p-4 pt-10">
      <PageHead
        title={`Welcome, ${me.user.name}`}
        note={`Three steps until ${me.msp.name} sees its first incident.`}
      />
      <ol className="overflow-hidden rounded-lg border bg-surface shadow-card [&>li+li]:border-t">
        {STEPS.map(([title, text], i) => (
          <li key={title} className="flex items-start gap-4 px-4 py-4">
            <span
              aria-hidden
              className="grid size-7 shrink-0 place-items-center rounded-full border border-line-strong text-sm font-semibold"
            >
              {i + 1}
            </span>
            <span>
              <span className="block font-medium">{title}</span>
              <span className="block text-sm text-soft">{text}</span>
            </span>
          </li>
        ))}
      </ol>
      <Button asChild look="primary" size="lg">
        <Link to="/companies/new">Add a company</Link>
      </Button>
    </div>
  );
}
