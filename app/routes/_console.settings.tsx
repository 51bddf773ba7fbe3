import { getFormProps, useForm } from "@conform-to/react";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import * as z from "zod";
import { IDLE_MINUTES, type MspSettingsAnswer } from "../../core/msp.ts";
import { ColorField } from "../components/settings/color-field.tsx";
import { TextField } from "../components/ui/field.tsx";
import { IntentForm } from "../components/ui/intent-form.tsx";
import { PageHead } from "../components/ui/page-head.tsx";
import { Panel } from "../components/ui/panel.tsx";
import { load } from "../lib/api.server.ts";
import { intent, runIntent } from "../lib/intents.server.ts";
import { useIntent } from "../lib/use-intent.ts";

export { PageErrorBoundary as ErrorBoundary } from "../components/ui/page-error.tsx";

export const meta: MetaFunction = () => [{ title: "Settings · Alert Whisperer" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const settings = await load<MspSettingsAnswer>(context, request, "/api/msp/settings");
  // By the loader: its module brings the schemas along, which the browser has no use for.
  return { settings, idle: IDLE_MINUTES };
}

const settingsForm = z.object({
  name: z.string({ error: "Enter the name of your MSP" }).trim().max(120),
  idle_timeout_minutes: z
    .number({ error: "Give a number of minutes" })
    .int("Whole minutes")
    .min(IDLE_MINUTES.min, `At least ${IDLE_MINUTES.min} minutes`)
    .max(IDLE_MINUTES.max, `At most ${IDLE_MINUTES.max} minutes, a day`)
    .optional(),
  color: z
    .string({ error: "Choose a colour" })
    .trim()
    .regex(/^#[0-9a-f]{6}$/i, "Six digits, for example #5f3dd0"),
});

export async function action({ request, context }: ActionFunctionArgs) {
  const answer = await runIntent(context, request, {
    settings: intent("PUT", settingsForm, ({ name, color, idle_timeout_minutes }) => ({
      path: "/api/msp/settings",
      body: { name, idle_timeout_minutes: idle_timeout_minutes ?? null, brand: { color } },
    })),
  });
  return data(answer, { status: answer.ok ? 200 : 422 });
}

interface Fields {
  name: string;
  idle_timeout_minutes: string;
  color: string;
}

export default function Settings() {
  const { settings, idle } = useLoaderData<typeof loader>();
  const state = useIntent("settings", { done: "Settings saved" });
  const [form, fields] = useForm<Fields>({
    id: "settings",
    lastResult: state.answer?.result,
    defaultValue: {
      name: settings.name,
      idle_timeout_minutes: settings.idle_timeout_minutes?.toString() ?? "",
      color: settings.brand.color,
    },
  });
  return (
    <div className="mx-auto max-w-2xl space-y-4 p-4">
      <PageHead title="Settings" note="For the whole MSP." />
      <Panel title="MSP">
        <IntentForm
          intent="settings"
          state={state}
          formProps={getFormProps(form)}
          errors={form.errors}
          submit="Save settings"
        >
          <TextField
            meta={fields.name}
            label="Name"
            hint="On the portal, in mails and invitations."
            autoComplete="organization"
            defaultValue={fields.name.initialValue}
            required
          />
          <TextField
            meta={fields.idle_timeout_minutes}
            label="Sign out after minutes without use"
            hint={`From ${idle.min} to ${idle.max}; empty for never. A session ends after a day in any case.`}
            type="number"
            inputMode="numeric"
            min={idle.min}
            max={idle.max}
            defaultValue={fields.idle_timeout_minutes.initialValue}
          />
          <ColorField meta={fields.color} initial={settings.brand.color} />
        </IntentForm>
      </Panel>
    </div>
  );
}
