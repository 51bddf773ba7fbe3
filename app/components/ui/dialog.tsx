import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cx } from "../../lib/cx.ts";
import { Button } from "./button.tsx";

interface DialogProps {
  open: boolean;
  onOpenChange(open: boolean): void;
  title: string;
  description?: string;
  children: ReactNode;
  /** "side" slides in as a drawer that leaves the list visible. */
  place?: "middle" | "side";
}

const PLACE = {
  middle: "left-1/2 top-[12vh] w-[min(92vw,30rem)] -translate-x-1/2 max-h-[80vh] rounded-lg",
  side: "right-0 top-0 h-dvh w-[min(100vw,34rem)] border-y-0 border-r-0",
};

export function Dialog({ open, onOpenChange, title, description, children, place = "middle" }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-in bg-black/50" />
        <Radix.Content
          data-place={place}
          {...(description ? {} : { "aria-describedby": undefined })}
          className={cx(
            "group/dialog fixed z-50 flex animate-in flex-col overflow-hidden border bg-raised shadow-pop",
            PLACE[place],
          )}
        >
          <div className="flex items-start justify-between gap-4 border-b px-4 py-3">
            <div className="min-w-0">
              <Radix.Title className="break-words text-base font-semibold">{title}</Radix.Title>
              {description && (
                <Radix.Description className="mt-0.5 text-sm text-soft">{description}</Radix.Description>
              )}
            </div>
            <Radix.Close asChild>
              <Button look="quiet" size="icon" aria-label="Close">
                <X aria-hidden className="size-4" />
              </Button>
            </Radix.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto p-4">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
