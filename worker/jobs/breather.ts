/** What one slice of work may hold others up by is a few milliseconds; between two, everybody gets a turn. */
const PAUSE_MS = 2;
/** A turn that comes so late says that others are busy. */
const BUSY_MS = 5;
const PAUSE_MAX_MS = 100;

/**
 * Pauses between slices of heavy work, longer the busier the machine is: a turn that comes back late means
 * that somebody else had work, and is left at least as much time again.
 */
export async function breathe(): Promise<void> {
  const asked = Date.now();
  await scheduler.wait(PAUSE_MS);
  const late = Date.now() - asked - PAUSE_MS;
  if (late >= BUSY_MS) await scheduler.wait(Math.min(2 * late, PAUSE_MAX_MS));
}
