import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "./button.tsx";

/** Copies `text`; `what` names it for screen readers. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");
  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(() => setState("idle"), 2000);
    return () => clearTimeout(timer);
  }, [state]);
  async function copy() {
    const done = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    setState(done ? "copied" : "failed");
  }
  const Icon = state === "copied" ? Check : Copy;
  const label = { idle: "Copy", copied: "Copied", failed: "Select and copy by hand" }[state];
  return (
    <Button size="sm" onClick={copy} aria-label={`${label} ${what}`}>
      <Icon aria-hidden className="size-3.5" />
      <span aria-live="polite">{label}</span>
    </Button>
  );
}
