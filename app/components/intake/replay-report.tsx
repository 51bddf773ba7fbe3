import { Link } from "@remix-run/react";
import type { ReplayedLetter } from "../../../core/dead-letter.ts";
import { useCompany } from "../../lib/company-context.ts";
import { plural, utc } from "../../lib/format.ts";
import type { Phase } from "./use-replay-many.ts";

interface ReportProps {
  letters: ReplayedLetter[];
  phase: Phase;
}

const sum = (letters: ReplayedLetter[], of: "alerts" | "rejected") =>
  letters.reduce((all, letter) => all + letter[of], 0);

const deliveries = (n: number) => plural(n, "delivery", "deliveries");

/** What was read, what still fails, and what had been sent before: in one sentence each. */
export function replayFigures(letters: ReplayedLetter[], phase: Phase) {
  const by = (outcome: ReplayedLetter["outcome"]) => letters.filter((one) => one.outcome === outcome);
  const [read, failed, already] = [by("read"), by("failed"), by("already")];
  const done = phase === "sending" || phase === "sent";
  const alerts = plural(sum(read, "alerts"), "alert");
  const rejected = sum(read, "rejected");
  const partly = rejected > 0 ? `; ${plural(rejected, "alert")} in them still cannot be read` : "";
  return {
    read,
    failed,
    already,
    sentences: {
      read: done
        ? `${deliveries(read.length)} read: ${alerts} taken in${partly}`
        : `${deliveries(read.length)} can be read: ${alerts}${partly}`,
      failed: `${deliveries(failed.length)} still cannot be read`,
      already: `${deliveries(already.length)} had been sent again before`,
    },
  };
}

function Letters({ letters }: { letters: ReplayedLetter[] }) {
  const company = useCompany();
  return (
    <ul className="max-h-60 divide-y overflow-y-auto border-t text-xs" tabIndex={-1}>
      {letters.map(({ id, at, tool, detail, alerts, rejected, alert_ids }) => (
        <li key={id} className="space-y-0.5 px-3 py-1.5">
          <p className="flex flex-wrap gap-x-2 text-soft">
            <span>{tool}</span>
            <time dateTime={at}>{utc(at)}</time>
            {alerts > 0 && <span>{plural(alerts, "alert")}</span>}
            {alerts > 0 && rejected > 0 && <span>{rejected} not read</span>}
          </p>
          {detail && <p className="break-words">{detail}</p>}
          {alert_ids.some(Boolean) && (
            <p className="flex flex-wrap gap-x-2">
              {alert_ids.slice(0, 5).map(
                (alert) =>
                  alert && (
                    <Link
                      key={alert}
                      to={`/alerts?company_id=${company.id}&alert=${alert}`}
                      className="text-accent underline"
                    >
                      Look at the alert
                    </Link>
                  ),
              )}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Every delivery of a replay by what became of it. */
export function ReplayReport({ letters, phase }: ReportProps) {
  const { read, failed, already, sentences } = replayFigures(letters, phase);
  const parts = [
    { words: sentences.read, all: read },
    { words: sentences.failed, all: failed },
    { words: sentences.already, all: already },
  ];
  return (
    <div className="divide-y rounded-md border text-sm">
      {parts.map(({ words, all }) =>
        all.length === 0 ? (
          <p key={words} className="px-3 py-2 text-soft">
            {words}
          </p>
        ) : (
          <details key={words}>
            <summary className="cursor-pointer px-3 py-2">{words}</summary>
            <Letters letters={all} />
          </details>
        ),
      )}
    </div>
  );
}
