/** Hands the API's Set-Cookie lines on to the browser. */
export function forwardCookies(from: Headers): Headers {
  const headers = new Headers();
  for (const cookie of from.getSetCookie()) headers.append("set-cookie", cookie);
  return headers;
}
