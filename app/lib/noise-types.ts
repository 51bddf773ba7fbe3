import type { CorrectionView } from "../../core/policy/correction.ts";
import type { HeldView, WindowView } from "../../core/policy/maintenance.ts";
import type { RuleView } from "../../core/policy/rule.ts";
import type { SilenceView } from "../../core/policy/silence.ts";
import type { Part } from "../components/overview/part.tsx";

type Listed<T> = Part<{ items: T[] }>;

export interface Lists {
  rules: Listed<RuleView>;
  silences: Listed<SilenceView>;
  windows: Listed<WindowView>;
  corrections: Listed<CorrectionView>;
  history: Listed<HeldView>;
}
