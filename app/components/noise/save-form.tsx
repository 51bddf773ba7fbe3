import type { ReactNode } from "react";
import { useIntent } from "../../lib/use-intent.ts";
import { Button } from "../ui/button.tsx";
import { FormError } from "../ui/form-error.tsx";

interface SaveProps {
  intent: string;
  /** Of what is changed; left out for something new. */
  id?: string;
  done: string;
  submit: string;
  /** What is sent, or null while it cannot be. */
  made: object | null;
  /** Gets what the page's action answered. */
  onDone(value: unknown): void;
  /** The page whose action takes it, where it is not this one. */
  action?: string;
  /** Gets the API's field errors: path -> what is wrong. */
  children: (errors: Record<string, unknown>) => ReactNode;
}

/** A form that is put together by its page and sent as one; each error stands beside its field. */
export function SaveForm({ intent, id, done, submit, made, onDone, action, children }: SaveProps) {
  const { fetcher, answer, busy } = useIntent(intent, {
    done,
    id,
    onDone: ({ value }) => onDone(value),
  });
  const errors = (answer && !answer.ok ? answer.result?.error : null) ?? {};
  const named = Object.keys(errors).length > 0;
  return (
    <fetcher.Form method="post" action={action} noValidate className="space-y-4">
      <input type="hidden" name="intent" value={intent} />
      {id && <input type="hidden" name="id" value={id} />}
      <input type="hidden" name="made" value={JSON.stringify(made)} />
      <FormError
        errors={answer && !answer.ok && !named ? [answer.problem ?? "That did not work."] : undefined}
      />
      {children(errors)}
      <Button type="submit" look="primary" disabled={busy || !made}>
        {busy ? "One moment" : submit}
      </Button>
    </fetcher.Form>
  );
}

/** A field's meta, as the fields of a form want it. */
export function metaOf(name: string, errors: Record<string, unknown>, path = name) {
  const found = errors[path];
  return {
    id: `noise-${name}`,
    name,
    errors: Array.isArray(found) ? found.map(String) : undefined,
    errorId: `noise-${name}-error`,
    descriptionId: `noise-${name}-hint`,
  };
}
