/** Where a role is at home. */
export function homeOf(role: string): string {
  return role === "client" ? "/portal" : "/dashboard";
}

/** Where to go after sign-in: a path of this site, or `fallback` for anything else. */
export function safeNext(next: string | null | undefined, fallback = "/dashboard"): string {
  if (!next?.startsWith("/")) return fallback;
  try {
    const url = new URL(next, "http://self.invalid");
    const path = url.pathname + url.search + url.hash;
    // "/.//host" normalises to "//host", which a browser reads as another site.
    return url.origin === "http://self.invalid" && !path.startsWith("//") ? path : fallback;
  } catch {
    return fallback;
  }
}
