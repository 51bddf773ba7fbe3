import type { CompanyDetail } from "../../../core/company.ts";
import { useViewer } from "../../lib/use-console.ts";
import { Age } from "../ui/age.tsx";
import { ClockTime } from "../ui/clock-time.tsx";
import { Panel } from "../ui/panel.tsx";
import { RotateSecret } from "./issue-key.tsx";

/** The secrets that deliveries may be signed with now; none can be read again. */
export function SecretsPanel({ secrets }: { secrets: CompanyDetail["secrets"] }) {
  const { may } = useViewer();
  const writable = may("company.keys");
  return (
    <Panel title="Signing secret" aside={writable ? undefined : "Read-only"}>
      <ul className="mb-4 space-y-1 text-sm">
        {secrets.map(({ created_at, expires_at }, i) => (
          <li key={created_at}>
            {i === 0 ? "The present one" : "The one before"}
            <span className="text-faint">
              , made <Age at={created_at} ago />
              {expires_at && (
                <>
                  , accepted until <ClockTime at={expires_at} />
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
      {writable && (
        <div className="space-y-3">
          <p className="text-xs text-faint">The one before is accepted for a day more.</p>
          <RotateSecret />
        </div>
      )}
    </Panel>
  );
}
