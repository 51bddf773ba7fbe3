import type { SnsTopic, SnsTopics } from "../../../core/sns.ts";
import { useViewer } from "../../lib/use-console.ts";
import { Age } from "../ui/age.tsx";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
import { FormError } from "../ui/form-error.tsx";
import { Panel } from "../ui/panel.tsx";
import { useCompanyForm } from "./use-company-form.ts";

const SAID: Record<SnsTopic["state"], string> = {
  allowed: "Allowed",
  waiting: "Asked",
  removed: "Removed",
};

function Change({ topic }: { topic: SnsTopic }) {
  const { fetcher, busy } = useCompanyForm("sns-topics");
  const allow = topic.state !== "allowed";
  const name = topic.arn.split(":").at(-1);
  return (
    <fetcher.Form method="post">
      <input type="hidden" name="intent" value="sns-topics" />
      <input type="hidden" name="arn" value={topic.arn} />
      <input type="hidden" name="allowed" value={String(allow)} />
      <Button
        type="submit"
        look={allow ? "plain" : "danger"}
        size="sm"
        disabled={busy}
        aria-label={`${allow ? "Allow" : "Remove"} topic ${name}`}
      >
        {allow ? "Allow" : "Remove"}
      </Button>
    </fetcher.Form>
  );
}

function AcceptNew({ on }: { on: boolean }) {
  const { fetcher, busy } = useCompanyForm("sns-topics");
  return (
    <fetcher.Form method="post" className="flex flex-wrap items-center justify-between gap-2">
      <input type="hidden" name="intent" value="sns-topics" />
      <input type="hidden" name="accept_new" value={String(!on)} />
      <p className="text-xs text-faint">
        {on ? "Further topics are allowed by themselves." : "Further topics wait here to be allowed."}
      </p>
      <Button type="submit" look="plain" size="sm" disabled={busy}>
        {on ? "Ask me first" : "Allow all new ones"}
      </Button>
    </fetcher.Form>
  );
}

/** Topics of Amazon SNS: only messages of allowed ones are taken in. */
export function SnsTopicsPanel({ topics }: { topics: SnsTopics }) {
  const { may } = useViewer();
  const writable = may("company.settings");
  const { answer } = useCompanyForm("sns-topics");
  const { items, accept_new } = topics;
  return (
    <Panel title="Amazon SNS topics" aside={writable ? undefined : "Read-only"} flush>
      {items.length === 0 && (
        <p className="px-4 py-3 text-sm text-soft">
          None yet. The first topic that subscribes this company’s CloudWatch or EventBridge address is
          allowed by itself; see Integrations.
        </p>
      )}
      <ul className="divide-y">
        {items.map((topic) => (
          <li key={topic.arn} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 text-sm">
            <div className="min-w-0 flex-1">
              <code className="break-all font-mono text-xs">{topic.arn}</code>
              {topic.state === "waiting" && <Chip tone="warn">Waits for approval</Chip>}
              <p className="mt-0.5 text-xs text-faint">
                {SAID[topic.state]} <Age at={topic.at} ago /> by {topic.by}
              </p>
            </div>
            {writable && <Change topic={topic} />}
          </li>
        ))}
      </ul>
      {writable && (
        <div className="space-y-3 border-t p-4">
          <FormError errors={answer?.problem ? [answer.problem] : undefined} />
          <AcceptNew on={accept_new} />
        </div>
      )}
    </Panel>
  );
}
