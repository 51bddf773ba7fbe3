/** Stands where the built pages stand, in Worker tests and under `npm run dev`, where Vite renders the pages. */
export const routes = {};
export const entry = { module: {} };
export const assets = { entry: { imports: [], module: "" }, routes: {}, url: "", version: "test" };
export const assetsBuildDirectory = "build/client";
export const basename = "/";
export const future = {};
export const isSpaMode = false;
export const mode = "test";
export const publicPath = "/";
