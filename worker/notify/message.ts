import type { Role } from "../../core/actor.ts";

/** What there is to tell somebody, before it is known by which channel. Links are absolute. */
export type Message =
  | { kind: "verify_email"; name: string; url: string }
  | { kind: "invitation"; inviter: string; role: Role; companies: string[]; url: string }
  | { kind: "password_reset"; name: string; url: string }
  | { kind: "contact_code"; name: string; code: string };

/** The parts of a mail, in their order; HTML and its plain-text twin are both made from them. */
export interface MailContent {
  subject: string;
  /** What mail programs show beside the subject. */
  preview: string;
  heading: string;
  paragraphs: string[];
  action?: { label: string; url: string };
  code?: string;
  /** Small print. */
  note: string;
}

const ROLE_WORDS: Record<Role, string> = {
  msp_admin: "an administrator",
  technician: "a technician",
  company_admin: "a company administrator",
  client: "a client",
};

const listed = (names: string[]): string => {
  const shown = names.slice(0, 5);
  if (names.length > shown.length) shown.push(`${names.length - shown.length} more`);
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
};

export function mailContent(message: Message, msp: string): MailContent {
  switch (message.kind) {
    case "verify_email":
      return {
        subject: "Confirm your e-mail address",
        preview: "One click, and you can invite your colleagues.",
        heading: `Welcome, ${message.name}`,
        paragraphs: [
          `Confirm that this address is yours. Until then ${msp} can be set up, but nobody can be invited.`,
        ],
        action: { label: "Confirm the address", url: message.url },
        note: "The link works once, for 24 hours. If you did not sign up, ignore this mail.",
      };
    case "invitation": {
      const { inviter, role, companies } = message;
      const where = companies.length > 0 ? ` for ${listed(companies)}` : "";
      return {
        subject: `${inviter} invites you to ${msp}`,
        preview: `Join as ${ROLE_WORDS[role]}${where}.`,
        heading: `Join ${msp}`,
        paragraphs: [
          `${inviter} invites you as ${ROLE_WORDS[role]}${where}.`,
          "Choose a name and a password, and you are in.",
        ],
        action: { label: "Accept the invitation", url: message.url },
        note: "The link works once, for 7 days. If you expect no invitation, ignore this mail.",
      };
    }
    case "password_reset":
      return {
        subject: "Choose a new password",
        preview: "The link works for one hour.",
        heading: `Hello ${message.name}`,
        paragraphs: [
          "Somebody, probably you, asked for a new password. Setting it signs you out everywhere else.",
        ],
        action: { label: "Choose a new password", url: message.url },
        note: "The link works once, for one hour. If you did not ask, ignore this mail: nothing has changed.",
      };
    case "contact_code":
      return {
        subject: "Your confirmation code",
        preview: "Enter it in your profile.",
        heading: `Hello ${message.name}`,
        paragraphs: ["Enter this code in your profile to be reached at this address:"],
        code: message.code,
        note: "The code works once, for 15 minutes. If you did not ask for it, ignore this mail.",
      };
  }
}
