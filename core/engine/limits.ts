const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** An incident takes no new alert past this age: a problem of yesterday is another one. */
export const HARD_AGE_MS = 24 * HOUR;
/** Alerts listed with an incident; the ones beyond are stored and counted, not listed. */
export const MEMBERS_MAX = 1000;
/** How long a recovery without an alert keeps a late, older firing from opening a ghost. */
export const TOMBSTONE_MS = 15 * MINUTE;
/** Tools without recoveries: silence of a day closes their alerts. */
export const EXPIRE_MS = 24 * HOUR;
/** A source's clock is believed this far. */
export const CLOCK_BACK_MS = HOUR;
export const CLOCK_AHEAD_MS = 5 * MINUTE;
/** Names kept on an incident; a storm over thousands of hosts does not make a page of names. */
export const NAMES_MAX = 50;
/** Reasons kept on an incident or alert, the first (why it opened) always among them. */
export const WHY_MAX = 20;
/** Flapping: so many changes between firing and well within the time; over after so long without one. */
export const FLAP_CHANGES = 4;
export const FLAP_WITHIN_MS = 30 * MINUTE;
export const FLAP_QUIET_MS = 15 * MINUTE;
/** A storm: so many times the usual rate; over when it stays below so many times for as long. */
export const STORM_ENTER = 10;
export const STORM_LEAVE = 3;
export const STORM_QUIET_MS = 5 * MINUTE;
/** Assets looked at on the way up, or down, the dependencies of one alert's asset. */
export const TOPOLOGY_MAX = 200;
/** Merges and splits an incident remembers, and thoughts on its grouping. */
export const REGROUPED_MAX = 50;
