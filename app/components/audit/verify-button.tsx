import { ShieldAlert, ShieldCheck } from "lucide-react";
import { useState } from "react";
import type { AuditVerdict } from "../../../core/audit-log.ts";
import { type Answer, api } from "../../lib/api.ts";
import { count, plural } from "../../lib/format.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";

/** Has the server walk the whole chain, and says what it found. */
export function VerifyButton() {
  const [answer, setAnswer] = useState<Answer<AuditVerdict> | null>(null);
  const [busy, setBusy] = useState(false);
  async function run() {
    setBusy(true);
    setAnswer(await api<AuditVerdict>("/api/audit/verify"));
    setBusy(false);
  }
  return (
    <>
      <Button onClick={run} disabled={busy}>
        <ShieldCheck aria-hidden className="size-4" />
        {busy ? "Verifying" : "Verify the chain"}
      </Button>
      <Dialog
        open={answer !== null}
        onOpenChange={(open) => !open && setAnswer(null)}
        title="The audit log’s chain"
        description="Every entry is linked to the one before by a hash that a live object keeps apart from the log."
      >
        {answer && (answer.ok ? <Verdict verdict={answer.value} /> : <p>{answer.error.detail}</p>)}
      </Dialog>
    </>
  );
}

function Verdict({ verdict: { ok, entries, erased, head, broken } }: { verdict: AuditVerdict }) {
  const Icon = ok ? ShieldCheck : ShieldAlert;
  return (
    <div className="space-y-3 text-sm">
      <p className={`flex items-center gap-2 font-medium ${ok ? "text-ok" : "text-danger"}`}>
        <Icon aria-hidden className="size-5 shrink-0" />
        {ok ? "The chain is whole" : `The chain is broken at entry ${count(broken?.seq ?? entries)}`}
      </p>
      {broken && <p>{broken.reason}</p>}
      <p className="text-soft">
        {plural(entries, "entry", "entries")} looked at{erased > 0 ? `, ${count(erased)} erased` : ""}.
      </p>
      <dl>
        <dt className="text-xs text-faint">Newest link, number {count(head.seq)}</dt>
        <dd className="mt-1 rounded-md border bg-sunken p-2 font-mono text-xs break-all">{head.hash}</dd>
      </dl>
    </div>
  );
}
