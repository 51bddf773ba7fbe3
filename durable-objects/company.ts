import { DurableObject } from "cloudflare:workers";

export class Company extends DurableObject {}
