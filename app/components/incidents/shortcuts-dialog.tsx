import { Dialog } from "../ui/dialog.tsx";

const KEYS = [
  ["j", "Next incident"],
  ["k", "Previous incident"],
  ["Enter", "Open it"],
  ["a", "Acknowledge it"],
  ["r", "Resolve it"],
  ["x", "Select it"],
  ["/", "Search"],
  ["Ctrl K", "Go anywhere"],
  ["?", "This help"],
] as const;

export default function ShortcutsDialog({ onClose }: { onClose(): void }) {
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Keyboard shortcuts">
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2.5 text-sm">
        {KEYS.map(([key, what]) => (
          <div key={key} className="contents">
            <dt>
              <kbd className="inline-block min-w-7 rounded-sm border border-line-strong bg-sunken px-1.5 py-0.5 text-center font-sans text-xs">
                {key}
              </kbd>
            </dt>
            <dd className="text-soft">{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
