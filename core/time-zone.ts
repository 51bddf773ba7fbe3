import * as z from "zod";

/** One IANA zone that this runtime knows. */
export const timeZoneSchema = z.string().refine(
  (zone) => {
    try {
      new Intl.DateTimeFormat("en", { timeZone: zone });
      return true;
    } catch {
      return false;
    }
  },
  { message: "not a known IANA time zone, for example Europe/Berlin" },
);
