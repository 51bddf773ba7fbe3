import { MailWarning } from "lucide-react";
import { useConsole } from "../../lib/use-console.ts";
import { CommandButton } from "../ui/command-button.tsx";

/** While the address is not confirmed: what that holds back, and another mail. For pages that take `verify-email`. */
export function VerifyNote({ children }: { children: string }) {
  const { me } = useConsole();
  if (me.user.email_verified !== false) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md border border-medium/50 bg-medium/10 px-3 py-2 text-sm">
      <MailWarning aria-hidden className="size-4 shrink-0 text-medium" />
      <p className="min-w-0 flex-1">{children}</p>
      <CommandButton intent="verify-email" done={`Sent to ${me.user.email}`}>
        Send again
      </CommandButton>
    </div>
  );
}
