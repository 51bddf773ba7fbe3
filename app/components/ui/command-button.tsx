import { type ReactNode, useState } from "react";
import { useIntent } from "../../lib/use-intent.ts";
import { Button, type ButtonProps } from "./button.tsx";
import { Dialog } from "./dialog.tsx";

interface CommandProps extends Pick<ButtonProps, "look" | "size" | "aria-label" | "className" | "disabled"> {
  intent: string;
  /** Hidden fields of the form; `id` also tells its button from the others of its list. */
  fields?: Record<string, string>;
  /** Said when it worked. */
  done: string;
  children: ReactNode;
  /** The page whose action takes it, where it is not this one. */
  action?: string;
  onDone?(): void;
}

/** A form that is one button; what came of it is said in a toast. */
export function CommandButton({
  intent,
  fields = {},
  done,
  children,
  onDone,
  disabled,
  action,
  ...rest
}: CommandProps) {
  const { fetcher, busy } = useIntent(intent, { done, id: fields.id, onDone, loud: true });
  return (
    <fetcher.Form method="post" action={action} className="inline-flex">
      <input type="hidden" name="intent" value={intent} />
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Button type="submit" size="sm" disabled={busy || disabled} {...rest}>
        {children}
      </Button>
    </fetcher.Form>
  );
}

interface ConfirmProps extends CommandProps {
  title: string;
  /** What will happen, and whether it can be undone. */
  text: string;
  /** The word on the button that does it. */
  verb: string;
}

/** The same behind a question. */
export function ConfirmButton({ title, text, verb, children, ...command }: ConfirmProps) {
  const [open, setOpen] = useState(false);
  const { look = "danger", size = "sm", className, "aria-label": label, disabled } = command;
  return (
    <>
      <Button
        look={look}
        size={size}
        className={className}
        aria-label={label}
        disabled={disabled}
        onClick={() => setOpen(true)}
      >
        {children}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={title} description={text}>
        <div className="flex justify-end gap-2">
          <Button onClick={() => setOpen(false)}>Cancel</Button>
          <CommandButton
            {...command}
            aria-label={undefined}
            look={look === "danger" ? "destroy" : "primary"}
            size="md"
            onDone={() => {
              setOpen(false);
              command.onDone?.();
            }}
          >
            {verb}
          </CommandButton>
        </div>
      </Dialog>
    </>
  );
}
