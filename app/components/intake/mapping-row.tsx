import { ArrowDown, ArrowUp } from "lucide-react";
import type { MappingView } from "../../../core/mapping/mapping.ts";
import { useViewer } from "../../lib/use-console.ts";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
import { CommandButton, ConfirmButton } from "../ui/command-button.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { conditionWords } from "./mapping-words.ts";

interface RowProps {
  mapping: MappingView;
  /** The last place. */
  last: number;
  onEdit(): void;
  onSend(): void;
}

/** One mapping: its place in the order, which bodies it is for, and what can be done with it. */
export function MappingRow({ mapping, last, onEdit, onSend }: RowProps) {
  const { may } = useViewer();
  const allowed = may("intake.set_up");
  const { id, name, enabled, position, matches, webhook_path } = mapping;
  const only = matches.map(conditionWords).join(" and ");
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-2 px-4 py-2.5 text-sm">
      {allowed && (
        <span className="flex gap-1">
          <Move id={id} name={name} way="up" to={position - 1} disabled={position === 0} />
          <Move id={id} name={name} way="down" to={position + 1} disabled={position === last} />
        </span>
      )}
      <div className="min-w-0 flex-1 basis-52 space-y-0.5">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          <span className="break-words">{name}</span>
          <Chip tone={enabled ? "ok" : "plain"}>{enabled ? "on" : "off"}</Chip>
        </p>
        <p className="break-words text-xs text-soft">
          {only ? `For bodies where ${only}` : "For every body"}
        </p>
        <p className="flex flex-wrap items-center gap-1 text-xs text-faint">
          <code className="min-w-0 break-all">{webhook_path}</code>
          <CopyButton text={webhook_path} what={`the path of ${name}`} />
        </p>
      </div>
      <span className="flex flex-wrap gap-2">
        {may("intake.replay") && enabled && (
          <Button size="sm" onClick={onSend} aria-label={`Send again what ${name} can read`}>
            Send again
          </Button>
        )}
        {allowed && (
          <>
            <Button size="sm" onClick={onEdit}>
              Edit<span className="sr-only"> {name}</span>
            </Button>
            <ConfirmButton
              intent="mapping-delete"
              fields={{ id }}
              done={`Mapping ${name} deleted`}
              title={`Delete ${name}?`}
              text="Bodies it understood are kept as not understood from then on."
              verb="Delete"
              aria-label={`Delete ${name}`}
            >
              Delete
            </ConfirmButton>
          </>
        )}
      </span>
    </li>
  );
}

function Move(props: { id: string; name: string; way: "up" | "down"; to: number; disabled: boolean }) {
  const { id, name, way, to, disabled } = props;
  const Icon = way === "up" ? ArrowUp : ArrowDown;
  return (
    <CommandButton
      intent={`mapping-${way}`}
      fields={{ id, position: String(to) }}
      done={`${name} moved ${way}`}
      size="icon"
      aria-label={`Move ${name} ${way}`}
      disabled={disabled}
    >
      <Icon aria-hidden className="size-4" />
    </CommandButton>
  );
}
