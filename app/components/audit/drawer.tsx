import { Link, useSearchParams } from "@remix-run/react";
import { type ReactNode, useEffect, useState } from "react";
import type { AuditItem } from "../../../core/audit-log.ts";
import { api } from "../../lib/api.ts";
import { actionWords } from "../../lib/audit-filter.ts";
import { utc } from "../../lib/format.ts";
import { useCompanyName } from "../../lib/use-console.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { Diff } from "./diff.tsx";

type State = { id: string; item: AuditItem } | { id: string; problem: string } | null;

/** The entry that the address names, beside the list. */
export default function AuditDrawer({ listed }: { listed: AuditItem[] }) {
  const [params, setParams] = useSearchParams();
  const id = params.get("entry");
  const here = listed.find((item) => item.id === id);
  const [state, setState] = useState<State>(null);
  const wanted = id && !here ? id : null;
  useEffect(() => {
    if (!wanted) return;
    let current = true;
    api<AuditItem>(`/api/audit/${encodeURIComponent(wanted)}`).then((answer) => {
      if (!current) return;
      setState(answer.ok ? { id: wanted, item: answer.value } : { id: wanted, problem: answer.error.detail });
    });
    return () => {
      current = false;
    };
  }, [wanted]);
  if (!id) return null;
  const fetched = state?.id === id ? state : null;
  const item = here ?? (fetched && "item" in fetched ? fetched.item : undefined);
  const problem = fetched && "problem" in fetched ? fetched.problem : null;
  function close() {
    setParams(
      (old) => {
        const next = new URLSearchParams(old);
        next.delete("entry");
        return next;
      },
      { preventScrollReset: true },
    );
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      place="side"
      title={item ? actionWords(item.action) : "Entry"}
    >
      {item && <Entry item={item} />}
      {!item && problem && <p className="text-sm">{problem}</p>}
      {!item && !problem && <Skeleton rows={6} className="p-0" />}
    </Dialog>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-faint">{name}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </>
  );
}

function Entry({ item }: { item: AuditItem }) {
  const nameOf = useCompanyName();
  const { target, actor, from } = item;
  return (
    <div className="space-y-4">
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 text-sm">
        <Fact name="When">{utc(item.at)}</Fact>
        <Fact name="Who">
          {actor.name}
          {actor.type === "token" && " by a personal access token"}
        </Fact>
        <Fact name="From">{from.ip ?? "the service itself"}</Fact>
        {item.company_id && <Fact name="Company">{nameOf(item.company_id)}</Fact>}
        <Fact name="On">
          {target.type} {target.name ?? ""} <span className="font-mono text-xs text-faint">{target.id}</span>
        </Fact>
        <Fact name="Action">
          <span className="font-mono text-xs">{item.action}</span>
        </Fact>
        <Fact name="Number">{item.seq ?? "being linked"}</Fact>
        {item.hash && (
          <Fact name="Hash">
            <span className="font-mono text-xs break-all">{item.hash}</span>
          </Fact>
        )}
      </dl>
      <Link
        to={`/audit?q=${encodeURIComponent(target.id)}`}
        className="inline-block text-sm font-medium text-accent underline underline-offset-2"
      >
        All entries on this {target.type}
      </Link>
      <section aria-label="What changed" className="space-y-2">
        <h3 className="text-sm font-semibold">What changed</h3>
        {item.erased ? (
          <p className="text-sm text-soft">
            The content was erased with the company’s data; its place in the chain is left.
          </p>
        ) : (
          <Diff before={item.before} after={item.after} />
        )}
      </section>
    </div>
  );
}
