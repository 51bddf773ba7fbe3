import type { LoadContext } from "../core/load-context.ts";

declare module "@remix-run/server-runtime" {
  interface AppLoadContext extends LoadContext {}
  interface Future {
    v3_singleFetch: true;
  }
}

declare global {
  interface Window {
    /** Read by react-style-singleton, which Radix dialogs use to lock scrolling. */
    __webpack_nonce__?: string;
  }
}
