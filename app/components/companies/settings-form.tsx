import type { getFormProps } from "@conform-to/react";
import { type ReactNode, useEffect, useState } from "react";
import type { Action } from "../../../core/permissions.ts";
import type { Tagged } from "../../lib/company-loads.server.ts";
import { useViewer } from "../../lib/use-console.ts";
import { Button } from "../ui/button.tsx";
import { FormError } from "../ui/form-error.tsx";
import { Panel } from "../ui/panel.tsx";
import { Theirs } from "./theirs.tsx";
import type { useCompanyForm } from "./use-company-form.ts";

/** What every form of settings is given. */
export interface SettingsOf<T> {
  loaded: Tagged<T>;
  round: number;
  startAnew(): void;
}

interface SettingsFormProps {
  title: string;
  /** What is saved, in a sentence; left out: the title in small letters. */
  what?: string;
  intent: string;
  state: ReturnType<typeof useCompanyForm>;
  formProps: ReturnType<typeof getFormProps>;
  errors: string[] | undefined;
  /** Of what the form was filled with; null: saves go unguarded. */
  etag?: string | null;
  /** The tag after one's own change of the same settings elsewhere on the page. */
  movedTo?: string | null;
  /** Field -> its name on the page, to show somebody else's values by. */
  names?: Record<string, string>;
  /** Somebody else's values as `names` shows them, where they are no plain ones. */
  say?(theirs: Record<string, unknown>): Record<string, unknown>;
  startAnew?(): void;
  /** What saving needs; left out: the right to change settings. */
  needs?: Action;
  /** Whoever may not save may fill it in all the same, to try the values. */
  tryable?: boolean;
  children: ReactNode;
}

/** A panel of settings that saves by itself, with its own outcome; without the right to save it is read-only. */
export function SettingsForm(props: SettingsFormProps) {
  const { title, intent, state, formProps, errors, names = {}, say, startAnew, children } = props;
  const what = props.what ?? title.toLowerCase();
  const { fetcher, answer, busy } = state;
  const { may } = useViewer();
  // Of what the fields were filled with: a later reading must not stand for what was never shown.
  const [etag, setEtag] = useState(props.etag ?? "");
  const saved = answer?.etag;
  const { movedTo } = props;
  useEffect(() => {
    if (saved !== undefined) setEtag(saved ?? "");
  }, [saved]);
  useEffect(() => {
    if (movedTo !== undefined) setEtag(movedTo ?? "");
  }, [movedTo]);
  const writable = may(props.needs ?? "company.settings");
  const theirs = answer?.theirs && !busy ? (say?.(answer.theirs) ?? answer.theirs) : null;
  return (
    <Panel title={title} aside={writable ? undefined : "Read-only"}>
      <fetcher.Form method="post" {...formProps} noValidate>
        <input type="hidden" name="intent" value={intent} />
        <input type="hidden" name="etag" value={etag} />
        <fieldset disabled={!writable && !props.tryable} className="min-w-0 space-y-4">
          <legend className="sr-only">{title}</legend>
          <FormError errors={errors} />
          {theirs && <Theirs theirs={theirs} names={names} startAnew={startAnew} what={what} />}
          {children}
          {writable && (
            <div className="flex items-center gap-3">
              <Button type="submit" disabled={busy}>
                {busy ? "Saving" : `Save ${what}`}
              </Button>
              <p role="status" className="text-sm text-ok">
                {answer?.ok && !answer.job && !busy ? "Saved" : ""}
              </p>
            </div>
          )}
        </fieldset>
      </fetcher.Form>
    </Panel>
  );
}
