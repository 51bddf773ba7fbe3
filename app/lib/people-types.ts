/** What of the API's answers the account pages share, types alone. */

export type { Invitation, Person } from "../../core/people.ts";
export type { Contact } from "../../core/profile.ts";
export type { Passkey, PersonalToken, SessionItem, TotpStatus } from "../../core/sign-in.ts";

export interface List<T> {
  items: T[];
  next_cursor: string | null;
}
