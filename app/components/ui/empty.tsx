import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

interface EmptyProps {
  icon: LucideIcon;
  title: string;
  /** What it means, or what to do next. */
  children?: ReactNode;
  action?: ReactNode;
  /** The title is the page's own heading where the page has no other. */
  heading?: boolean;
}

/** Nothing here, and what to do next. */
export function Empty({ icon: Icon, title, children, action, heading }: EmptyProps) {
  const Title = heading ? "h1" : "p";
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-12 text-center">
      <span className="mb-1 grid size-11 place-items-center rounded-full border bg-sunken text-faint">
        <Icon aria-hidden className="size-5" />
      </span>
      <Title className="font-medium">{title}</Title>
      {children && <p className="max-w-md text-sm text-soft">{children}</p>}
      {action && <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
