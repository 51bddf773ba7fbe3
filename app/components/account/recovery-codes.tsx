import { Download } from "lucide-react";
import { Button } from "../ui/button.tsx";
import { CopyButton } from "../ui/copy-button.tsx";

function download(codes: string[]) {
  const text = `Alert Whisperer recovery codes. Each signs you in once, in place of a code of your app.\n\n${codes.join("\n")}\n`;
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = "alert-whisperer-recovery-codes.txt";
  link.click();
  URL.revokeObjectURL(url);
}

/** Shown this once, to be kept elsewhere. */
export function RecoveryCodes({ codes }: { codes: string[] }) {
  return (
    <section aria-label="Recovery codes" className="space-y-3">
      <p className="text-sm text-soft">
        Keep these codes where you can reach them without your phone. Each signs you in once. They are shown
        this once and cannot be read again.
      </p>
      <ul className="grid grid-cols-2 gap-x-2 gap-y-1.5 rounded-md border bg-sunken px-2 py-3 text-center font-mono text-xs whitespace-nowrap">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <CopyButton text={codes.join("\n")} what="recovery codes" />
        <Button size="sm" onClick={() => download(codes)}>
          <Download aria-hidden className="size-3.5" />
          Download
        </Button>
      </div>
    </section>
  );
}
