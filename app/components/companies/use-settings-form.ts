import { type DefaultValue, getFormProps, useForm } from "@conform-to/react";
import type { SettingsOf } from "./settings-form.tsx";
import { useCompanyForm } from "./use-company-form.ts";

type Fields = Record<string, unknown>;

/** A form of settings: its fields, and what `SettingsForm` takes from its state as it is. */
export function useSettingsForm<F extends Fields = Fields>(
  intent: string,
  { loaded, round, startAnew }: Pick<SettingsOf<unknown>, "loaded" | "round" | "startAnew">,
  defaultValue?: DefaultValue<F>,
) {
  const state = useCompanyForm(intent, round);
  const [form, fields] = useForm<F>({
    id: intent,
    lastResult: state.answer?.result,
    ...(defaultValue && { defaultValue }),
  });
  const formProps = getFormProps(form);
  return {
    form,
    fields,
    shell: { intent, state, formProps, errors: form.errors, etag: loaded.etag, startAnew },
  };
}
