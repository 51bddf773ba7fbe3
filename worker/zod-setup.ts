import * as z from "zod";

// Workers forbid code from strings. Must run before any schema is built, so: the first import of an entry.
z.config({ jitless: true });
