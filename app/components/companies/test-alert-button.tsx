import { Send } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { api } from "../../lib/api.ts";
import { Button, type ButtonProps } from "../ui/button.tsx";

/** Sends one alert through the company's own intake. */
export function TestAlertButton({ companyId, look }: { companyId: string; look?: ButtonProps["look"] }) {
  const [busy, setBusy] = useState(false);
  async function send() {
    setBusy(true);
    const answer = await api<{ alert_id: string }>(`/api/companies/${companyId}/test-alert`, {
      method: "POST",
      body: {},
    });
    setBusy(false);
    toast(answer.ok ? "Test alert sent" : "The test alert was refused", {
      description: answer.ok ? undefined : answer.error.detail,
    });
  }
  return (
    <Button onClick={send} disabled={busy} look={look}>
      <Send aria-hidden className="size-4" />
      {busy ? "Sending" : "Send test alert"}
    </Button>
  );
}
