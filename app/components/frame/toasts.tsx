import { useEffect } from "react";
import { Toaster, toast } from "sonner";
import { plural } from "../../lib/format.ts";
import { useLive } from "../../live/use-live.ts";

/** Short messages in the corner, and what was missed while the stream was down. */
export function Toasts() {
  const { missed } = useLive();
  useEffect(() => {
    if (missed) toast(`${plural(missed.updates, "update")} while away`, { id: `missed-${missed.round}` });
  }, [missed]);
  return (
    <Toaster
      position="bottom-right"
      offset={20}
      mobileOffset={{ bottom: 72, left: 12, right: 12 }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-full items-center gap-3 rounded-md border bg-raised px-3.5 py-3 text-sm text-ink shadow-pop",
          description: "text-soft text-xs",
        },
      }}
    />
  );
}
