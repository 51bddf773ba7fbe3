import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { Link, useLoaderData } from "@remix-run/react";
import { Activity as ActivityIcon, CircleCheckBig } from "lucide-react";
import { useMemo } from "react";
import { scopedTo } from "../components/frame/nav.ts";
import { activityOf } from "../components/overview/activity.ts";
import { ActivityFeed } from "../components/overview/activity-feed.tsx";
import { AlertsChart, toBars } from "../components/overview/alerts-chart.tsx";
import { AttentionBadges } from "../components/overview/attention.tsx";
import { GettingStarted, SetUpNote } from "../components/overview/getting-started.tsx";
import { KpiCards } from "../components/overview/kpi-cards.tsx";
import { OpenIncidents } from "../components/overview/open-incidents.tsx";
import { itemsOf, PartOf } from "../components/overview/part.tsx";
import { RangePicker } from "../components/overview/range-picker.tsx";
import { Empty } from "../components/ui/empty.tsx";
import { PageHead } from "../components/ui/page-head.tsx";
import { Panel } from "../components/ui/panel.tsx";
import { compareBy, matchesQuery } from "../lib/incident-filter.ts";
import { useNow } from "../lib/now.tsx";
import { loadOverview } from "../lib/overview.server.ts";
import { useCompanyName, useConsole, useScope } from "../lib/use-console.ts";
import { mergeAlerts, mergeIncidents } from "../live/merge.ts";
import { useLive, useRevalidateOn } from "../live/use-live.ts";

export { PageErrorBoundary as ErrorBoundary } from "../components/ui/page-error.tsx";

export const meta: MetaFunction = () => [{ title: "Overview · Alert Whisperer" }];

export function loader({ request, context }: LoaderFunctionArgs) {
  return loadOverview(context, new URL(request.url).searchParams, Date.now());
}

const TOP = 8;
const FEED = 14;

export default function Overview() {
  const { kpis, open, changed, alerts, attention } = useLoaderData() as Awaited<
    ReturnType<typeof loadOverview>
  >;
  const live = useLive();
  const scope = useScope();
  const nameOf = useCompanyName();
  const { companies, companiesKnown } = useConsole();
  const now = useNow();
  const moved = useMemo(() => [live.incidents, live.alerts], [live.incidents, live.alerts]);
  // Figures and counts are the server's: read again soon after a change, and once it has settled.
  useRevalidateOn(moved, 1500, 5000);

  const openNow = useMemo(() => {
    const query = new URLSearchParams(scope ? { company_id: scope, status: "open" } : { status: "open" });
    return mergeIncidents(itemsOf(open), live.incidents)
      .filter((incident) => matchesQuery(incident, query))
      .sort(compareBy(query, now))
      .slice(0, TOP);
  }, [open, live.incidents, scope, now]);

  const feed = useMemo(() => {
    const inScope = (item: { company_id: string }) => !scope || item.company_id === scope;
    const incidents = mergeIncidents(itemsOf(changed), live.incidents).filter(inScope);
    return activityOf(incidents, mergeAlerts(itemsOf(alerts), live.alerts).filter(inScope), FEED);
  }, [changed, alerts, live.incidents, live.alerts, scope]);

  if (companiesKnown && companies.length === 0) return <GettingStarted />;
  return (
    <div className="mx-auto max-w-7xl space-y-4 p-4">
      <PageHead title="Overview" note={scope ? nameOf(scope) : undefined}>
        <RangePicker />
      </PageHead>
      <SetUpNote />
      <AttentionBadges loaded={attention} />
      <PartOf part={kpis}>{(value) => <KpiCards kpis={value} scope={scope} />}</PartOf>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="min-w-0 space-y-4">
          <Panel
            title="Open incidents"
            flush
            aside={
              <Link to={scopedTo("/incidents", true, scope)} className="hover:text-ink hover:underline">
                Show all
              </Link>
            }
          >
            <PartOf part={open}>
              {() =>
                openNow.length > 0 ? (
                  <OpenIncidents incidents={openNow} />
                ) : (
                  <Empty icon={CircleCheckBig} title="Nothing is open">
                    New incidents appear here by themselves.
                  </Empty>
                )
              }
            </PartOf>
          </Panel>
          <Panel title="Alerts over time">
            <PartOf part={kpis}>
              {(value) => <AlertsChart bars={toBars(value.by_hour, value.from, value.to)} />}
            </PartOf>
          </Panel>
        </div>
        <Panel title="Activity" flush className="min-w-0">
          {feed.length > 0 ? (
            <ActivityFeed entries={feed} />
          ) : (
            <Empty icon={ActivityIcon} title="Nothing has happened yet">
              Alerts and incidents show up here the moment they change.
            </Empty>
          )}
        </Panel>
      </div>
    </div>
  );
}
