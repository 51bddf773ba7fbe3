import { route as mspRulesCompanies } from "../msp-rules/companies.ts";
import { route as mspRulesCreate } from "../msp-rules/create.ts";
import { route as mspRulesDelete } from "../msp-rules/delete.ts";
import { route as mspRulesList } from "../msp-rules/list.ts";
import { route as mspRulesOrder } from "../msp-rules/order.ts";
import { route as mspRulesUpdate } from "../msp-rules/update.ts";
import type { Route } from "../route.ts";
import { route as correctionsDelete } from "./corrections-delete.ts";
import { route as correctionsList } from "./corrections-list.ts";
import { route as correctionsSet } from "./corrections-set.ts";
import { route as history } from "./history.ts";
import { route as preview } from "./preview.ts";
import { route as rulesCreate } from "./rules-create.ts";
import { route as rulesDelete } from "./rules-delete.ts";
import { route as rulesList } from "./rules-list.ts";
import { route as rulesOrder } from "./rules-order.ts";
import { route as rulesUpdate } from "./rules-update.ts";
import { route as silencesCreate } from "./silences-create.ts";
import { route as silencesEnd } from "./silences-end.ts";
import { route as silencesList } from "./silences-list.ts";
import { route as silencesUpdate } from "./silences-update.ts";
import { route as windowsCreate } from "./windows-create.ts";
import { route as windowsDelete } from "./windows-delete.ts";
import { route as windowsEnd } from "./windows-end.ts";
import { route as windowsList } from "./windows-list.ts";
import { route as windowsPreview } from "./windows-preview.ts";
import { route as windowsUpdate } from "./windows-update.ts";

/** What a company wants to hear less of, and how. */
export const noiseRoutes: Route[] = [
  rulesList,
  rulesCreate,
  rulesOrder,
  preview,
  rulesUpdate,
  rulesDelete,
  silencesList,
  silencesCreate,
  silencesUpdate,
  silencesEnd,
  windowsList,
  windowsCreate,
  windowsPreview,
  windowsUpdate,
  windowsEnd,
  windowsDelete,
  history,
  correctionsList,
  correctionsSet,
  correctionsDelete,
  mspRulesList,
  mspRulesCompanies,
  mspRulesCreate,
  mspRulesOrder,
  mspRulesUpdate,
  mspRulesDelete,
];
