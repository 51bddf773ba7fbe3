import type { MetaFunction } from "@remix-run/cloudflare";
import { Link } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import { Button } from "../components/ui/button.tsx";
import { FormError } from "../components/ui/form-error.tsx";
import { type Answer, api } from "../lib/api.ts";
import { linkPageHeaders, useLinkToken } from "../lib/use-link-token.ts";

export const meta: MetaFunction = () => [{ title: "Confirm your address · Alert Whisperer" }];
export const headers = linkPageHeaders;

/** Opened by a mailed link. The token is used by a POST, which programs that preview links do not make. */
export default function Verify() {
  const token = useLinkToken("/verify");
  const [answer, setAnswer] = useState<Answer<unknown> | null>(null);
  const sent = useRef<string | null>(null);
  useEffect(() => {
    if (!token || sent.current === token) return;
    sent.current = token;
    void api("/api/auth/verify-email", { method: "POST", body: { token } }).then(setAnswer);
  }, [token]);
  const problem = answer && !answer.ok ? answer.error.detail : null;
  return (
    <>
      <h1 className="text-xl font-semibold tracking-tight">
        {answer?.ok ? "Your address is confirmed" : "Confirm your address"}
      </h1>
      <div aria-live="polite" className="mt-4 space-y-4 text-sm text-soft">
        {token === null && <p>Open this page through the link in the mail we sent you.</p>}
        {token && !answer && <p>One moment.</p>}
        {answer?.ok && <p>Invitations and notifications can go out from now on.</p>}
        {problem && (
          <>
            <FormError errors={[problem]} />
            <p>Links work once and for a limited time. You can have a new one sent after signing in.</p>
          </>
        )}
        {(answer || token === null) && (
          <Button asChild look="primary" size="lg" className="w-full">
            <Link to="/welcome" reloadDocument>
              Continue
            </Link>
          </Button>
        )}
        <noscript>This page needs scripts to be allowed.</noscript>
      </div>
    </>
  );
}
