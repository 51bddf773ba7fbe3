export const THEMES = ["dark", "light", "system"] as const;
export type Theme = (typeof THEMES)[number];

const COOKIE = "aw_theme";
const YEAR_SECONDS = 31_536_000;

/** Dark unless this browser chose otherwise; from a Cookie header or document.cookie. */
export function readTheme(cookies: string): Theme {
  const value = /(?:^|;\s*)aw_theme=(\w+)/.exec(cookies)?.[1];
  return THEMES.find((theme) => theme === value) ?? "dark";
}

/** Applies at once and is remembered, so that the server's next page needs no flash. */
export function applyTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari
  document.cookie = `${COOKIE}=${theme}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax`;
}
