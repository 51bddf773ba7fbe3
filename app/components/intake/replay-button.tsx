import { toast } from "sonner";
import type { ReplayResult } from "../../../core/dead-letter.ts";
import { plural } from "../../lib/format.ts";
import { useIntent } from "../../lib/use-intent.ts";
import { Button } from "../ui/button.tsx";

/** What became of one delivery, exactly. */
function sentenceOf({ status, detail, results }: ReplayResult): string {
  if (status === "duplicate") return detail;
  const taken = results.filter((one) => one.status === "received").length;
  const left = results.length - taken;
  const rest = left > 0 ? `; ${plural(left, "alert")} in it still cannot be read` : "";
  return `Read again: ${plural(taken, "alert")} taken in${rest}`;
}

/** Reads one delivery again; a refusal is said with what is still wrong. */
export function ReplayButton({ id, way }: { id: string; way: string }) {
  const { fetcher, busy } = useIntent("letter-replay", {
    id,
    loud: true,
    onDone: ({ value }) => toast(sentenceOf(value as ReplayResult)),
  });
  return (
    <fetcher.Form method="post" className="inline-flex">
      <input type="hidden" name="intent" value="letter-replay" />
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="way" value={way} />
      <Button type="submit" size="sm" disabled={busy}>
        Send again
      </Button>
    </fetcher.Form>
  );
}
