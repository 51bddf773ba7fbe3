import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** @returns an absolute path inside the repository */
export const inRoot = (...parts: string[]): string => join(ROOT, ...parts);

/** Where a local instance keeps its data: DATA_DIR, else .data. */
export const dataDir = (): string => resolve(ROOT, process.env.DATA_DIR ?? ".data");

export const WORKER_BUNDLE = inRoot("build", "worker", "index.js");
export const DEV_BUNDLE = inRoot("build", "dev", "index.js");
export const STATIC_BUNDLE = inRoot("build", "worker", "static-files.js");
export const CLIENT_DIR = inRoot("build", "client");
