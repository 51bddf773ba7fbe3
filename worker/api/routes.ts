import { route as alertsDetail } from "./alerts/detail.ts";
import { route as alertsList } from "./alerts/list.ts";
import { route as assetsCreate } from "./assets/create.ts";
import { route as assetsDelete } from "./assets/delete.ts";
import { route as assetsDetail } from "./assets/detail.ts";
import { alerts as assetAlerts, incidents as assetIncidents } from "./assets/history.ts";
import { route as assetsImport } from "./assets/import.ts";
import { route as assetsList } from "./assets/list.ts";
import { route as assetsUpdate } from "./assets/update.ts";
import { route as auditDetail } from "./audit/detail.ts";
import { route as auditList } from "./audit/list.ts";
import { route as auditVerify } from "./audit/verify.ts";
import { route as authLogin } from "./auth/login.ts";
import { route as authLogout } from "./auth/logout.ts";
import { route as passkeyOptions } from "./auth/passkey-options.ts";
import { route as passkeyVerify } from "./auth/passkey-verify.ts";
import { route as authSignup } from "./auth/signup.ts";
import { routes as awsAccess } from "./companies/aws.ts";
import { routes as branding } from "./companies/branding.ts";
import { route as changeSnsTopics } from "./companies/change-sns-topics.ts";
import { route as companiesCreate } from "./companies/create.ts";
import { route as companiesDelete } from "./companies/delete.ts";
import { route as companiesDetail } from "./companies/detail.ts";
import { route as companyIntake } from "./companies/intake.ts";
import { route as integration } from "./companies/integration.ts";
import { route as integrations } from "./companies/integrations.ts";
import { route as keysIssue } from "./companies/issue-key.ts";
import { route as companyJobs } from "./companies/jobs.ts";
import { route as companiesList } from "./companies/list.ts";
import { routes as logo } from "./companies/logo.ts";
import { route as rejections } from "./companies/rejections.ts";
import { route as keysRevoke } from "./companies/revoke-key.ts";
import { route as hmacRotate } from "./companies/rotate-hmac.ts";
import { routes as companySettings } from "./companies/settings.ts";
import { route as snsTopics } from "./companies/sns-topics.ts";
import { route as exportsStart } from "./companies/start-export.ts";
import { route as testAlert } from "./companies/test-alert.ts";
import { route as companiesUpdate } from "./companies/update.ts";
import { route as proposalAccept } from "./correlation/accept.ts";
import { route as proposalDismiss } from "./correlation/dismiss.ts";
import { route as correlationPreview } from "./correlation/preview.ts";
import { route as proposalList } from "./correlation/proposals.ts";
import { route as health } from "./health/check.ts";
import { route as incidentsAcknowledge } from "./incidents/acknowledge.ts";
import { route as incidentsCorrelate } from "./incidents/correlate.ts";
import { route as incidentsDetail } from "./incidents/detail.ts";
import { route as incidentsFeedback } from "./incidents/feedback.ts";
import { route as incidentsList } from "./incidents/list.ts";
import { route as incidentsMerge } from "./incidents/merge.ts";
import { route as incidentsNote } from "./incidents/note.ts";
import { route as incidentsReopen } from "./incidents/reopen.ts";
import { route as incidentsResolve } from "./incidents/resolve.ts";
import { route as incidentsSeverity } from "./incidents/severity.ts";
import { route as incidentsSplit } from "./incidents/split.ts";
import { route as incidentsTimeline } from "./incidents/timeline.ts";
import { route as incidentsUndo } from "./incidents/undo.ts";
import { intakeRoutes } from "./intake/routes.ts";
import { route as jobCancel } from "./jobs/cancel.ts";
import { route as jobDetail } from "./jobs/detail.ts";
import { route as jobFile } from "./jobs/file.ts";
import { route as jobResult } from "./jobs/result.ts";
import { route as kpisShow } from "./kpis/show.ts";
import { route as me } from "./me/show.ts";
import { signInOfMe } from "./me/sign-in.ts";
import { noiseRoutes } from "./noise/routes.ts";
import { documentRoute } from "./openapi-route.ts";
import { peopleRoutes } from "./people/routes.ts";
import { route as portalIncident } from "./portal/incident.ts";
import { route as portalIncidents } from "./portal/incidents.ts";
import { route as portalShow } from "./portal/show.ts";
import type { Route } from "./route.ts";

const described: Route[] = [
  health,
  authSignup,
  authLogin,
  authLogout,
  passkeyOptions,
  passkeyVerify,
  me,
  ...signInOfMe,
  ...peopleRoutes,
  companiesList,
  companiesCreate,
  companiesDetail,
  companiesUpdate,
  companiesDelete,
  ...companySettings,
  ...branding,
  ...awsAccess,
  ...logo,
  rejections,
  snsTopics,
  changeSnsTopics,
  companyIntake,
  integrations,
  integration,
  exportsStart,
  companyJobs,
  jobDetail,
  jobFile,
  jobResult,
  jobCancel,
  correlationPreview,
  proposalList,
  proposalAccept,
  proposalDismiss,
  keysIssue,
  keysRevoke,
  hmacRotate,
  testAlert,
  assetsList,
  assetsCreate,
  assetsDetail,
  assetsUpdate,
  assetsDelete,
  assetAlerts,
  assetIncidents,
  assetsImport,
  ...intakeRoutes,
  ...noiseRoutes,
  alertsList,
  alertsDetail,
  incidentsList,
  incidentsDetail,
  incidentsTimeline,
  incidentsAcknowledge,
  incidentsResolve,
  incidentsReopen,
  incidentsNote,
  incidentsSeverity,
  incidentsMerge,
  incidentsSplit,
  incidentsUndo,
  incidentsFeedback,
  incidentsCorrelate,
  kpisShow,
  portalShow,
  portalIncidents,
  portalIncident,
  auditList,
  auditVerify,
  auditDetail,
];

/** Every route of the API; the document is made from the others. */
export const routes: readonly Route[] = [...described, documentRoute(described)];
