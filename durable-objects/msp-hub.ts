import { DurableObject } from "cloudflare:workers";

export class MspHub extends DurableObject {}
