import type { getFormProps } from "@conform-to/react";
import type { ReactNode } from "react";
import { Button } from "../ui/button.tsx";
import { FormError } from "../ui/form-error.tsx";
import { Panel } from "../ui/panel.tsx";
import type { useCompanyForm } from "./use-company-form.ts";

interface SettingsFormProps {
  title: string;
  intent: string;
  state: ReturnType<typeof useCompanyForm>;
  formProps: ReturnType<typeof getFormProps>;
  errors: string[] | undefined;
  children: ReactNode;
}

/** A panel of settings that saves by itself, with its own outcome. */
export function SettingsForm({ title, intent, state, formProps, errors, children }: SettingsFormProps) {
  const { fetcher, answer, busy } = state;
  return (
    <Panel title={title}>
      <fetcher.Form method="post" {...formProps} noValidate className="space-y-4">
        <input type="hidden" name="intent" value={intent} />
        <FormError errors={errors} />
        {children}
        <div className="flex items-center gap-3">
          <Button type="submit" disabled={busy}>
            {busy ? "Saving" : `Save ${title.toLowerCase()}`}
          </Button>
          <p role="status" className="text-sm text-ok">
            {answer?.ok && !busy ? "Saved" : ""}
          </p>
        </div>
      </fetcher.Form>
    </Panel>
  );
}
