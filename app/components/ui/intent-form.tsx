import type { getFormProps } from "@conform-to/react";
import type { ReactNode } from "react";
import type { useIntent } from "../../lib/use-intent.ts";
import { Button, type ButtonProps } from "./button.tsx";
import { FormError } from "./form-error.tsx";

interface IntentFormProps {
  intent: string;
  state: ReturnType<typeof useIntent>;
  formProps: ReturnType<typeof getFormProps>;
  errors: string[] | undefined;
  /** On the button. */
  submit: string;
  look?: ButtonProps["look"];
  children: ReactNode;
  /** Beside the button. */
  aside?: ReactNode;
}

/** A form of conform's that one intent of the page's action answers. */
export function IntentForm({
  intent,
  state,
  formProps,
  errors,
  submit,
  look,
  children,
  aside,
}: IntentFormProps) {
  const { fetcher, busy } = state;
  return (
    <fetcher.Form method="post" {...formProps} noValidate className="space-y-4">
      <input type="hidden" name="intent" value={intent} />
      <FormError errors={errors} />
      {children}
      <div className="flex flex-wrap items-center gap-3 group-data-[place=middle]/dialog:justify-end">
        <Button type="submit" look={look} disabled={busy}>
          {busy ? "One moment" : submit}
        </Button>
        {aside}
      </div>
    </fetcher.Form>
  );
}
