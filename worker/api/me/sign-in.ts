import type { Route } from "../route.ts";
import { route as passkeyAdd } from "./passkey-add.ts";
import { route as passkeyOptions } from "./passkey-options.ts";
import { route as passkeyRemove } from "./passkey-remove.ts";
import { route as passkeysList } from "./passkeys-list.ts";
import { route as password } from "./password.ts";
import { route as recoveryCodes } from "./recovery-codes.ts";
import { route as sessionEnd } from "./session-end.ts";
import { route as sessionsEnd } from "./sessions-end.ts";
import { route as sessionsList } from "./sessions-list.ts";
import { route as stepUp } from "./step-up.ts";
import { route as tokenCreate } from "./token-create.ts";
import { route as tokenRevoke } from "./token-revoke.ts";
import { route as tokensList } from "./tokens-list.ts";
import { route as totpConfirm } from "./totp-confirm.ts";
import { route as totpDisable } from "./totp-disable.ts";
import { route as totpSetup } from "./totp-setup.ts";
import { route as totpShow } from "./totp-show.ts";

/** One's own account: how one signs in, and where one is signed in. */
export const signInOfMe: readonly Route[] = [
  stepUp,
  password,
  totpShow,
  totpSetup,
  totpConfirm,
  totpDisable,
  recoveryCodes,
  passkeysList,
  passkeyOptions,
  passkeyAdd,
  passkeyRemove,
  sessionsList,
  sessionsEnd,
  sessionEnd,
  tokensList,
  tokenCreate,
  tokenRevoke,
];
