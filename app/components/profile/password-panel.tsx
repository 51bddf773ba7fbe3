import { getFormProps, useForm } from "@conform-to/react";
import { useRef } from "react";
import { useConsole } from "../../lib/use-console.ts";
import { useIntent } from "../../lib/use-intent.ts";
import { TextField } from "../ui/field.tsx";
import { IntentForm } from "../ui/intent-form.tsx";

interface Fields {
  current: string;
  password: string;
  again: string;
}

/** A new password; every other session ends with the old one. */
export function PasswordPanel() {
  const { me } = useConsole();
  const box = useRef<HTMLDivElement>(null);
  const state = useIntent("password", {
    done: "Password changed; your other sessions were ended",
    onDone: () => box.current?.querySelector("form")?.reset(),
  });
  const [form, fields] = useForm<Fields>({ id: "password", lastResult: state.answer?.result });
  return (
    <div ref={box}>
      <IntentForm
        intent="password"
        state={state}
        formProps={getFormProps(form)}
        errors={form.errors}
        submit="Change password"
        aside={<p className="text-xs text-faint">Ends your other sessions.</p>}
      >
        <input type="text" autoComplete="username" value={me.user.email} readOnly hidden />
        <TextField
          meta={fields.current}
          label="Current password"
          type="password"
          autoComplete="current-password"
        />
        <TextField
          meta={fields.password}
          label="New password"
          type="password"
          autoComplete="new-password"
          hint="At least 8 characters."
        />
        <TextField
          meta={fields.again}
          label="New password, again"
          type="password"
          autoComplete="new-password"
        />
      </IntentForm>
    </div>
  );
}
