import { Hono } from "hono";
import type { AppEnv } from "../api/route.ts";

export const webhooks = new Hono<AppEnv>();
