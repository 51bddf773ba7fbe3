import { Fragment, type ReactNode } from "react";
import { type Part, PartOf } from "../overview/part.tsx";
import type { SettingsOf } from "./settings-form.tsx";
import { useRound } from "./use-round.ts";

interface SettingsTabProps<T> {
  part: Part<SettingsOf<T>["loaded"]>;
  /** The form, which starts anew with each round. */
  children(given: SettingsOf<T>): ReactNode;
}

/** A page of one form of settings. */
export function SettingsTab<T>({ part, children }: SettingsTabProps<T>) {
  const { round, startAnew } = useRound(part);
  return (
    <div className="max-w-2xl">
      <PartOf part={part}>
        {(loaded) => <Fragment key={round}>{children({ loaded, round, startAnew })}</Fragment>}
      </PartOf>
    </div>
  );
}
