import type {
  NotificationChannel,
  NotificationEvent,
  NotificationPolicy,
} from "../../../core/notification-policy.ts";
import { SettingsForm, type SettingsOf } from "../companies/settings-form.tsx";
import { useSettingsForm } from "../companies/use-settings-form.ts";
import { TextField } from "../ui/field.tsx";
import { metaAt } from "./meta-at.ts";
import { NotYet } from "./not-yet.tsx";

const EVENTS: Record<NotificationEvent, string> = {
  alert_critical: "A critical alert",
  alert_high: "A high alert",
  incident_created: "An incident opens",
  incident_assigned: "An incident is assigned",
  incident_escalated: "An incident is escalated",
  sla_warning: "An SLA target is near",
  sla_breach: "An SLA target is missed",
  approval_requested: "An approval is wanted",
  execution_finished: "A runbook has finished",
  report_ready: "A report is ready",
};
const CHANNELS: Record<NotificationChannel, string> = {
  bell: "Bell",
  push: "Push",
  email: "E-mail",
  sms: "SMS",
};
const events = Object.entries(EVENTS) as [NotificationEvent, string][];
const channels = Object.entries(CHANNELS) as [NotificationChannel, string][];

const NAMES = { ...EVENTS, max_messages: "Messages at most", per_minutes: "Within, minutes" };

function say(theirs: Record<string, unknown>): Record<string, unknown> {
  const { events: chosen, ...limits } = theirs as unknown as NotificationPolicy;
  const rows = events.map(([event]) => [event, chosen[event].map((channel) => CHANNELS[channel])]);
  return { ...Object.fromEntries(rows), ...limits };
}

export function NotificationsForm({ loaded, round, startAnew }: SettingsOf<NotificationPolicy>) {
  const { form, shell } = useSettingsForm("notifications", { loaded, round, startAnew });
  const { value } = loaded;
  return (
    <SettingsForm title="Notifications" names={NAMES} say={say} {...shell}>
      <NotYet>
        This will govern how this company’s people are told of what happens, from the version of the service
        that sends notifications on; this one sends none about alerts and incidents.
      </NotYet>
      <div className="divide-y">
        {events.map(([event, label]) => (
          <div key={event} className="py-2.5 first:pt-0">
            <fieldset className="flow-root min-w-0">
              <legend className="text-sm font-medium sm:float-left">{label}</legend>
              <div className="flex flex-wrap gap-x-4 gap-y-1 max-sm:mt-1.5 sm:justify-end">
                {channels.map(([channel, name]) => (
                  <label key={channel} className="flex items-center gap-1.5 text-sm">
                    <input
                      type="checkbox"
                      name={`events.${event}`}
                      value={channel}
                      defaultChecked={value.events[event].includes(channel)}
                      className="size-3.5 accent-accent-solid"
                    />
                    {name}
                  </label>
                ))}
              </div>
            </fieldset>
          </div>
        ))}
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          meta={metaAt(form, "max_messages")}
          label="Messages at most"
          type="number"
          min={1}
          max={1000}
          step={1}
          inputMode="numeric"
          hint="To one person by one channel; what is more comes as one digest."
          defaultValue={value.max_messages}
        />
        <TextField
          meta={metaAt(form, "per_minutes")}
          label="Within, minutes"
          type="number"
          min={0.01}
          max={1440}
          step="any"
          inputMode="decimal"
          hint="So that a storm is a few messages, not hundreds."
          defaultValue={value.per_minutes}
        />
      </div>
    </SettingsForm>
  );
}
