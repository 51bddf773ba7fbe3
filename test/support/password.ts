/**
 * Nobody's password yet. No letter of it is a hex digit: a part of a random address in a random password is
 * refused, rightly, once in some thousand sign-ups.
 */
export const freshPassword = (): string =>
  `pw-${crypto.randomUUID().replace(/[a-f]/g, (letter) => "uvwxyz"["abcdef".indexOf(letter)] ?? "z")}`;
