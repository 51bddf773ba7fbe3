import type { Route } from "../../../worker/api/route.ts";
import type { Entries, Entry } from "../entry.ts";
import { assets } from "./assets.ts";
import { audit } from "./audit.ts";
import { companies } from "./companies.ts";
import { core } from "./core.ts";
import { correlation } from "./correlation.ts";
import { intake } from "./intake.ts";
import { noise } from "./noise.ts";
import { people } from "./people.ts";
import { portal } from "./portal.ts";
import { signIn } from "./sign-in.ts";

export const ENTRIES: Entries = {
  ...core,
  ...portal,
  ...companies,
  ...correlation,
  ...assets,
  ...audit,
  ...signIn,
  ...intake,
  ...noise,
  ...people,
};

export const nameOf = (route: Pick<Route, "method" | "path">) => `${route.method} ${route.path}`;

/** @throws where the suite has not been told how to call the route */
export function entryOf(route: Pick<Route, "method" | "path">): Entry {
  const entry = ENTRIES[nameOf(route)];
  if (!entry)
    throw new Error(
      `${nameOf(route)} has no entry: say in test/security/entries/ whose it is and how to call it.`,
    );
  return entry;
}
