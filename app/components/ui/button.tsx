import { Slot } from "radix-ui";
import { type ButtonHTMLAttributes, forwardRef } from "react";
import { cx } from "../../lib/cx.ts";

const LOOK = {
  primary: "bg-accent-solid text-white hover:brightness-110 border-transparent",
  plain: "bg-raised text-ink border-line-strong hover:bg-hover",
  quiet: "bg-transparent text-soft border-transparent hover:bg-hover hover:text-ink",
  danger: "bg-transparent text-danger border-line-strong hover:bg-hover",
  destroy: "bg-danger-solid text-white hover:brightness-110 border-transparent",
} as const;

const SIZE = {
  sm: "h-7 px-2 text-xs gap-1.5",
  md: "h-8 px-3 text-sm gap-2",
  lg: "h-10 px-4 text-base gap-2",
  icon: "size-8 justify-center",
} as const;

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: keyof typeof LOOK;
  size?: keyof typeof SIZE;
  /** Gives its look to the one child, a link for instance. */
  asChild?: boolean;
}

export const Button = forwardRef<HTMLButtonElement, ButtonProps>(function Button(
  { look = "plain", size = "md", asChild, className, type, ...rest },
  ref,
) {
  const Tag = asChild ? Slot.Root : "button";
  return (
    <Tag
      ref={ref}
      type={asChild ? undefined : (type ?? "button")}
      className={cx(
        "inline-flex shrink-0 items-center justify-center whitespace-nowrap rounded-md border font-medium transition disabled:opacity-55 max-sm:min-h-9",
        LOOK[look],
        SIZE[size],
        className,
      )}
      {...rest}
    />
  );
});
