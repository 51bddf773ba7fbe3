import * as z from "zod";

export const proposalParams = z.object({ id: z.string(), proposal_id: z.string() });
