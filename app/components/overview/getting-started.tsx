import { Link, useFetcher } from "@remix-run/react";
import { Check } from "lucide-react";
import { type ReactNode, useEffect } from "react";
import { cx } from "../../lib/cx.ts";
import { useConsole, useViewer } from "../../lib/use-console.ts";
import { TestAlertButton } from "../companies/test-alert-button.tsx";
import { Button } from "../ui/button.tsx";
import { CommandButton } from "../ui/command-button.tsx";
import { PageHead } from "../ui/page-head.tsx";

/** What the session does not say of how far the set-up is; null where it could not be read. */
export interface Progress {
  alerts: boolean | null;
  invited: boolean | null;
}

interface Step {
  title: string;
  text: string;
  done: boolean;
  action: ReactNode;
}

function useSteps({ alerts, invited }: Progress): Step[] {
  const { me, companies } = useConsole();
  const { may } = useViewer();
  const [company] = companies;
  const link = (to: string, word: string) => (
    <Button asChild size="sm">
      <Link to={to}>{word}</Link>
    </Button>
  );
  const steps: (Step | null)[] = [
    {
      title: "Confirm your e-mail address",
      text: `A link is in the mail to ${me.user.email}. Invitations wait for it.`,
      done: me.user.email_verified === true,
      action: (
        <CommandButton intent="verify-email" action="/welcome" done={`Sent to ${me.user.email}`}>
          Send again
        </CommandButton>
      ),
    },
    {
      title: "Set up two-factor sign-in",
      text: "A code of your phone besides the password. Every client’s alerts are behind this account.",
      done: me.totp_enabled === true,
      action: link("/security/enrol?next=/welcome", "Set up"),
    },
    may("company.create")
      ? {
          title: "Add your first company",
          text: "It gets a key, a signing secret and a webhook address of its own.",
          done: companies.length > 0,
          action: link("/companies/new", "Add a company"),
        }
      : null,
    {
      title: "Send a test alert",
      text: company
        ? `One alert through the intake of ${company.name}; it opens an incident that says why.`
        : "Once there is a company: one alert, and the incident it opens.",
      done: alerts === true,
      action: company && <TestAlertButton companyId={company.id} />,
    },
    may("people.manage")
      ? {
          title: "Invite a colleague",
          text: "Technicians see the companies you give them; clients see their portal.",
          done: invited === true,
          action: link("/people?invite=1", "Invite"),
        }
      : null,
  ];
  return steps.filter((step) => step !== null);
}

function Row({ step: { title, text, done, action }, number }: { step: Step; number: number }) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-4 sm:flex-nowrap">
      <span
        aria-hidden
        className={cx(
          "grid size-7 shrink-0 place-items-center rounded-full border text-sm font-semibold",
          done ? "border-ok/50 text-ok" : "border-line-strong",
        )}
      >
        {done ? <Check className="size-4" /> : number}
      </span>
      <div className="min-w-0 flex-1 basis-52">
        <p className={cx("font-medium", done && "text-soft")}>
          {title}
          {done && <span className="sr-only">: done</span>}
        </p>
        {!done && <p className="text-sm text-soft">{text}</p>}
      </div>
      {!done && action && <div className="max-sm:pl-11">{action}</div>}
    </li>
  );
}

/** The steps to the first incident, each with its real state. Without `progress` it asks for it. */
export function GettingStarted({ progress }: { progress?: Progress }) {
  const { me } = useConsole();
  const asked = useFetcher<Progress>();
  const { load } = asked;
  useEffect(() => {
    if (!progress) load("/welcome");
  }, [progress, load]);
  const steps = useSteps(progress ?? asked.data ?? { alerts: null, invited: null });
  const left = steps.filter(({ done }) => !done).length;
  return (
    <div className="mx-auto max-w-2xl space-y-6 p-4 sm:pt-10">
      <PageHead
        title={`Welcome, ${me.user.name}`}
        note={
          left === 0
            ? `${me.msp.name} is set up.`
            : `${steps.length - left} of ${steps.length} steps are done at ${me.msp.name}.`
        }
      />
      <ol className="overflow-hidden rounded-lg border bg-surface shadow-card [&>li+li]:border-t">
        {steps.map((step, i) => (
          <Row key={step.title} step={step} number={i + 1} />
        ))}
      </ol>
      {left === 0 && (
        <Button asChild look="primary" size="lg">
          <Link to="/dashboard">Go to the overview</Link>
        </Button>
      )}
    </div>
  );
}

/** On the overview, while the account itself is not safe yet. */
export function SetUpNote() {
  const { me } = useConsole();
  const open = [
    me.user.email_verified === false && "your e-mail address is not confirmed",
    me.totp_enabled === false && "two-factor sign-in is off",
  ].filter(Boolean);
  if (open.length === 0) return null;
  return (
    <p className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 rounded-md border bg-surface px-4 py-2 text-sm text-soft">
      <span className="first-letter:uppercase">{open.join("; ")}.</span>
      <Link to="/welcome" className="font-medium text-accent underline underline-offset-2">
        Finish setting up
      </Link>
    </p>
  );
}
