import { Form, useNavigation } from "@remix-run/react";
import { type FormEvent, lazy, Suspense, useEffect, useRef, useState } from "react";
import {
  checkStep,
  type Draft,
  type DraftErrors,
  NEW_DRAFT,
  STEPS,
  stepOfErrors,
} from "../../../lib/new-company.ts";
import { useHydrated } from "../../../lib/use-hydrated.ts";
import { Button } from "../../ui/button.tsx";
import { FormError } from "../../ui/form-error.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Basics } from "./basics.tsx";
import { Correlation } from "./correlation.tsx";
import { Progress } from "./progress.tsx";
import { Review } from "./review.tsx";
import { Security } from "./security.tsx";

const PlanDialog = lazy(() => import("./plan-dialog.tsx"));

/** What the one call at the end was answered with, where it was refused. */
export interface Refusal {
  fields: Record<string, string>;
  form: string | null;
}

const LAST = STEPS.length - 1;

/** Four steps, one call at the end: what was typed stays, whichever way one goes. */
export function Wizard({ zones, refusal }: { zones: string[]; refusal: Refusal | undefined }) {
  const busy = useNavigation().state !== "idle";
  // Typed before the scripts are there, it would be lost.
  const ready = useHydrated();
  const [draft, setDraft] = useState<Draft>(NEW_DRAFT);
  const [step, setStep] = useState(0);
  const [errors, setErrors] = useState<DraftErrors>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [planning, setPlanning] = useState<number | "new" | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const moved = useRef(false);

  useEffect(() => {
    if (!refusal) return;
    setErrors(refusal.fields);
    setProblem(refusal.form);
    const at = stepOfErrors(refusal.fields);
    if (at === null) return;
    moved.current = true;
    setStep(at);
  }, [refusal]);

  // The first field with an error, else the step's first one, so that the keyboard goes on from there.
  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    const shown = form.current?.querySelector("[data-step]:not([hidden])");
    const wanted =
      shown?.querySelector<HTMLElement>("[aria-invalid=true]") ??
      shown?.querySelector<HTMLElement>("input, select, textarea, button");
    wanted?.focus();
  });

  function go(to: number): void {
    moved.current = true;
    setErrors({});
    setProblem(null);
    setStep(to);
  }

  function onSubmit(event: FormEvent): void {
    const wrong = checkStep(step, draft);
    if (stepOfErrors(wrong) !== null) {
      event.preventDefault();
      moved.current = true;
      setErrors(wrong);
    } else if (step < LAST) {
      event.preventDefault();
      go(step + 1);
    }
  }

  const given = {
    draft,
    errors,
    set: <F extends keyof Draft>(field: F, value: Draft[F]) => {
      setDraft((before) => ({ ...before, [field]: value }));
      setErrors(({ [field]: _, ...others }) => others as DraftErrors);
    },
  };
  const parts = [
    <Basics key="basics" {...given} zones={zones} onPlan={setPlanning} />,
    <Security key="security" {...given} />,
    <Correlation key="correlation" {...given} />,
    <Review key="review" draft={draft} onEdit={go} />,
  ];
  const { maintenance_windows: windows } = draft;
  return (
    <>
      <Form ref={form} method="post" noValidate onSubmit={onSubmit} className="space-y-4">
        <Progress step={step} onStep={go} />
        <Panel title={STEPS[step]?.title ?? ""} aside={`Step ${step + 1} of ${STEPS.length}`}>
          <fieldset disabled={!ready} className="min-w-0">
            <legend className="sr-only">Step {step + 1}</legend>
            <input type="hidden" name="maintenance_windows" value={JSON.stringify(windows)} />
            <FormError errors={problem ? [problem] : undefined} />
            {parts.map((part, i) => (
              <div key={part.key} data-step={i} hidden={i !== step} className="space-y-4">
                {part}
              </div>
            ))}
            <div className="mt-6 flex items-center justify-between gap-2">
              {step > 0 ? <Button onClick={() => go(step - 1)}>Back</Button> : <span />}
              <Button type="submit" look="primary" disabled={busy}>
                {step < LAST ? "Continue" : busy ? "Adding" : "Add company"}
              </Button>
            </div>
          </fieldset>
        </Panel>
      </Form>
      {/* Outside the form: what is submitted in it must not submit the wizard. */}
      {planning !== null && (
        <Suspense fallback={null}>
          <PlanDialog
            window={planning === "new" ? null : (windows[planning] ?? null)}
            zone={draft.time_zone}
            onPlanned={(window) => {
              const at = planning === "new" ? windows.length : planning;
              given.set("maintenance_windows", windows.toSpliced(at, 1, window));
            }}
            onClose={() => setPlanning(null)}
          />
        </Suspense>
      )}
    </>
  );
}
