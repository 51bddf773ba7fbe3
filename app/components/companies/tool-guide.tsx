import { ExternalLink, FileDown } from "lucide-react";
import type { Integration } from "../../../core/adapters/guide.ts";
import { type Access, withKeys } from "../../lib/setup/access.ts";
import { Chip } from "../ui/chip.tsx";
import { CodeBlock } from "../ui/code-block.tsx";

const LINK = "inline-flex items-center gap-1.5 text-accent underline underline-offset-2";

function Trust({ signs }: Pick<Integration, "signs">) {
  if (signs !== "key_only") {
    return (
      <p className="leading-6">
        <Chip tone="ok">Signed</Chip>{" "}
        {signs === "own"
          ? "It signs what it sends, and that is checked."
          : "Each delivery is signed with the secret."}
      </p>
    );
  }
  return (
    <p className="leading-6">
      <Chip tone="warn">Weaker</Chip> It cannot sign what it sends: whoever has the key can send in this
      company’s name.
    </p>
  );
}

function Recoveries({ recovers }: Pick<Integration, "recovers">) {
  return (
    <p className="leading-6">
      <Chip tone={recovers ? "ok" : "warn"}>{recovers ? "Sends recoveries" : "No recoveries"}</Chip>{" "}
      {recovers
        ? "Incidents close when it says that the problem is over."
        : "Nothing says that it is over: alerts that stay quiet for a day expire."}
    </p>
  );
}

/** A step, its address set apart so that it wraps and can be read. */
function Step({ text, address }: { text: string; address: string }) {
  const [before, ...after] = text.split(address);
  return (
    <li className="pl-1">
      {before}
      {after.map((rest) => (
        <span key={rest}>
          <code className="font-mono text-xs [overflow-wrap:anywhere]">{address}</code>
          {rest}
        </span>
      ))}
    </li>
  );
}

/** How one tool is set up: made from what its adapter says of itself. */
export function ToolGuide({ guide, access }: { guide: Integration; access: Access }) {
  const address = withKeys(guide.webhook_url, access);
  return (
    <div className="space-y-4 text-sm">
      <p>{guide.about}</p>
      <div className="space-y-2 text-soft">
        <Trust signs={guide.signs} />
        <Recoveries recovers={guide.recovers} />
      </div>
      <CodeBlock label="Webhook address" text={address} />
      <ol className="list-decimal space-y-2 pl-5 marker:text-faint">
        {guide.steps.map((step) => (
          <Step key={step} text={withKeys(step, access)} address={address} />
        ))}
      </ol>
      {guide.templates.map(({ where, text }) => (
        <CodeBlock key={where} label={where} text={withKeys(text, access)} />
      ))}
      {guide.files.length > 0 && (
        <ul className="space-y-1.5">
          {guide.files.map(({ label, path }) => (
            <li key={path}>
              <a href={path} download className={LINK}>
                <FileDown aria-hidden className="size-4" />
                {label}
              </a>
            </li>
          ))}
        </ul>
      )}
      <p className="text-soft">
        Understood: {guide.versions}.{" "}
        <a href={guide.docs} target="_blank" rel="noreferrer" className={LINK}>
          {guide.label}’s documentation
          <ExternalLink aria-hidden className="size-3.5" />
        </a>
      </p>
    </div>
  );
}
