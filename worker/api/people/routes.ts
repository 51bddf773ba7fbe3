import { route as reset } from "../auth/reset.ts";
import { route as resetConfirm } from "../auth/reset-confirm.ts";
import { route as verifyEmail } from "../auth/verify-email.ts";
import { route as invitationsAccept } from "../invitations/accept.ts";
import { route as invitationsCreate } from "../invitations/create.ts";
import { route as invitationsList } from "../invitations/list.ts";
import { route as invitationsLook } from "../invitations/look.ts";
import { route as invitationsResend } from "../invitations/resend.ts";
import { route as invitationsRevoke } from "../invitations/revoke.ts";
import { route as contactsAdd } from "../me/contacts-add.ts";
import { route as contactsList } from "../me/contacts-list.ts";
import { route as contactsRemove } from "../me/contacts-remove.ts";
import { route as contactsVerify } from "../me/contacts-verify.ts";
import { route as profileChange } from "../me/profile.ts";
import { route as profileShow } from "../me/profile-show.ts";
import { route as verifyEmailAgain } from "../me/verify-email.ts";
import { route as mspSettings } from "../msp/settings.ts";
import { route as mspSettingsShow } from "../msp/settings-show.ts";
import type { Route } from "../route.ts";
import { route as peopleChange } from "./change.ts";
import { route as peopleList } from "./list.ts";

/** How people come in, who they are, and what their MSP settles for them. */
export const peopleRoutes: Route[] = [
  verifyEmail,
  verifyEmailAgain,
  reset,
  resetConfirm,
  invitationsList,
  invitationsCreate,
  invitationsRevoke,
  invitationsResend,
  invitationsLook,
  invitationsAccept,
  peopleList,
  peopleChange,
  profileShow,
  profileChange,
  contactsList,
  contactsAdd,
  contactsVerify,
  contactsRemove,
  mspSettingsShow,
  mspSettings,
];
