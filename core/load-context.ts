/**
 * All that pages get from the server they run on. Loaders and actions speak the same API as every other
 * program, with the visitor's own cookies, so a page can never see more than its visitor may.
 */
export interface LoadContext {
  /** Calls `/api/...` in-process as this visitor. Set-Cookie of the answer is the caller's to pass on. */
  api(path: string, init?: RequestInit): Promise<Response>;
  /** CSP nonce of this response. */
  nonce: string;
  environment: "local" | "staging" | "production";
}
