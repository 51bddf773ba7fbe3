import { useRevalidator } from "@remix-run/react";
import { useRef, useState } from "react";
import { toast } from "sonner";
import type { Branding } from "../../../core/settings.ts";
import type { ApiError } from "../../lib/api.ts";
import { useViewer } from "../../lib/use-console.ts";
import { Button } from "../ui/button.tsx";
import { FormError } from "../ui/form-error.tsx";
import { Panel } from "../ui/panel.tsx";

const TYPES = "image/png,image/jpeg,image/webp";

interface Chosen {
  file: File;
  /** As a data: address, the only one besides our own that the page may show images from. */
  shown: string;
}

function read(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

/** The brand's entity tag when it worked, else the refusal in a sentence. */
async function send(path: string, init: RequestInit): Promise<{ etag: string | null } | { refused: string }> {
  const answer = await fetch(path, init).catch(() => null);
  if (answer?.ok) return { etag: answer.headers.get("etag") };
  const body = (await answer?.json().catch(() => null)) as ApiError | null;
  return { refused: body?.detail ?? "The server could not be reached." };
}

interface LogoPanelProps {
  companyId: string;
  branding: Branding;
  onSaved(etag: string | null): void;
}

/** The logo on the client's portal: look at it before it is saved. */
export function LogoPanel({ companyId, branding, onSaved }: LogoPanelProps) {
  const path = `/api/companies/${companyId}/branding/logo`;
  const { may } = useViewer();
  const { revalidate } = useRevalidator();
  const input = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const shown = chosen?.shown ?? branding.logo_url;

  async function run(init: RequestInit, done: string) {
    setBusy(true);
    const answer = await send(path, init);
    setBusy(false);
    setProblem("refused" in answer ? answer.refused : null);
    if ("refused" in answer) return;
    setChosen(null);
    onSaved(answer.etag);
    toast(done);
    revalidate();
  }

  return (
    <Panel title="Logo" aside={may("company.settings") ? undefined : "Read-only"}>
      <div className="mb-4 grid h-28 grid-cols-2 overflow-hidden rounded-md border">
        {["bg-white", "bg-[#181b22]"].map((surface) => (
          <div key={surface} className={`grid place-items-center p-4 ${surface}`}>
            {shown ? (
              <img
                src={shown}
                alt={surface === "bg-white" ? "Logo on light" : "Logo on dark"}
                className="max-h-20 max-w-full object-contain"
              />
            ) : (
              <span className={surface === "bg-white" ? "text-xs text-[#474f5e]" : "text-xs text-[#b0b7c4]"}>
                No logo
              </span>
            )}
          </div>
        ))}
      </div>
      {may("company.settings") && (
        <div className="space-y-3">
          <input
            ref={input}
            type="file"
            accept={TYPES}
            aria-label="Logo file"
            className="sr-only"
            onChange={async (event) => {
              const file = event.target.files?.[0];
              event.target.value = "";
              if (!file) return;
              setProblem(null);
              setChosen({ file, shown: await read(file) });
            }}
          />
          <div className="flex flex-wrap gap-2">
            <Button onClick={() => input.current?.click()}>Choose a file</Button>
            {chosen && (
              <>
                <Button
                  look="primary"
                  disabled={busy}
                  onClick={() =>
                    run(
                      { method: "PUT", body: chosen.file, headers: { "content-type": chosen.file.type } },
                      "Logo saved",
                    )
                  }
                >
                  {busy ? "Saving" : "Save logo"}
                </Button>
                <Button look="quiet" onClick={() => setChosen(null)}>
                  Discard
                </Button>
              </>
            )}
            {!chosen && branding.logo_url && (
              <Button look="danger" disabled={busy} onClick={() => run({ method: "DELETE" }, "Logo removed")}>
                Remove
              </Button>
            )}
          </div>
          <p className="text-xs text-faint">
            PNG, JPEG or WebP. It is shown on light and on dark, so a transparent one does best.
          </p>
          <FormError errors={problem ? [problem] : undefined} />
        </div>
      )}
    </Panel>
  );
}
