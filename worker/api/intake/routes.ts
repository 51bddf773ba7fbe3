import type { Route } from "../route.ts";
import { route as heartbeatsCreate } from "./heartbeats-create.ts";
import { route as heartbeatsDelete } from "./heartbeats-delete.ts";
import { route as heartbeatsList } from "./heartbeats-list.ts";
import { route as heartbeatsUpdate } from "./heartbeats-update.ts";
import { routes as lettersDelete } from "./letters-delete.ts";
import { route as lettersDetail } from "./letters-detail.ts";
import { route as lettersList } from "./letters-list.ts";
import { route as lettersReplay } from "./letters-replay.ts";
import { route as replayMany } from "./letters-replay-many.ts";
import { route as mappingsCreate } from "./mappings-create.ts";
import { route as mappingsDelete } from "./mappings-delete.ts";
import { route as mappingsList } from "./mappings-list.ts";
import { route as mappingsPreview } from "./mappings-preview.ts";
import { route as mappingsUpdate } from "./mappings-update.ts";
import { route as payloadPreview } from "./payload-preview.ts";
import { route as samples } from "./samples.ts";

/** What a company's tools send that needs a mapping, was not understood, or is expected. */
export const intakeRoutes: Route[] = [
  lettersList,
  replayMany,
  lettersDetail,
  lettersReplay,
  ...lettersDelete,
  mappingsList,
  mappingsCreate,
  samples,
  mappingsPreview,
  payloadPreview,
  mappingsUpdate,
  mappingsDelete,
  heartbeatsList,
  heartbeatsCreate,
  heartbeatsUpdate,
  heartbeatsDelete,
];
