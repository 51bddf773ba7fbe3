/** What one slice of work may hold others up by is a few milliseconds; between two, everybody gets a turn. */
const TURN_MS = 1;
/** A turn that comes back so late says that others are busy. */
const BUSY_MS = 3;
/** What the busy are left: several times what a slice takes, longer the later turns come. */
const REST_MS = 50;
const REST_MAX_MS = 250;

/**
 * Pauses between slices of heavy work. The first turn ends the slice, whose own time the clock shows only then;
 * the second says how busy others are, and they are left most of the time.
 */
export async function breathe(): Promise<void> {
  await scheduler.wait(TURN_MS);
  const asked = Date.now();
  await scheduler.wait(TURN_MS);
  const late = Date.now() - asked - TURN_MS;
  if (late >= BUSY_MS) await scheduler.wait(Math.min(REST_MAX_MS, Math.max(REST_MS, 5 * late)));
}
