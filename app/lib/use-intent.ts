import { useActionData, useFetcher } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { toast } from "sonner";
import type { FormAnswer } from "./intents.server.ts";
import { stepUp } from "./step-up.ts";

interface Options {
  /** Said in a toast when it worked. */
  done?: string;
  /** Tells apart several forms of one intent. */
  id?: string;
  /** Runs once for every answer that says yes. */
  onDone?(answer: FormAnswer): void;
  /** Whether a refusal is said in a toast, because nothing beside the button could. */
  loud?: boolean;
}

/** One of a page's forms: its fetcher, and its last answer with or without scripts. */
export function useIntent(intent: string, { done, id = "", onDone, loud }: Options = {}) {
  const fetcher = useFetcher<FormAnswer>({ key: `${intent}-${id}` });
  const page = useActionData<FormAnswer>();
  const answer = fetcher.data ?? (page?.intent === intent && !id ? page : undefined);
  const then = useRef({ done, onDone, loud });
  then.current = { done, onDone, loud };
  const told = useRef(fetcher.data);
  const sent = useRef<{ form: FormData; action: string } | null>(null);
  if (fetcher.formData) sent.current = { form: fetcher.formData, action: fetcher.formAction ?? "." };
  useEffect(() => {
    // Before the page's data is read anew: a row that is gone by then could say nothing.
    const { data } = fetcher;
    if (!data || told.current === data) return;
    told.current = data;
    const last = sent.current;
    if (data.code === "step_up_required" && last) {
      stepUp.ask(() => fetcher.submit(last.form, { method: "post", action: last.action }));
      return;
    }
    if (!data.ok) {
      if (then.current.loud) toast("That did not work", { description: data.problem });
      return;
    }
    if (then.current.done) toast(then.current.done);
    then.current.onDone?.(data);
  }, [fetcher]);
  return { fetcher, answer, busy: fetcher.state !== "idle" };
}
