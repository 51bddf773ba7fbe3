/** Asks the person once more who they are, then does again what the API held back. */
type Retry = () => void;

let waiting: Retry | null = null;
const listeners = new Set<() => void>();

function set(retry: Retry | null) {
  waiting = retry;
  for (const listener of listeners) listener();
}

export const stepUp = {
  /** For an answer of step_up_required; `retry` runs after the person has confirmed. */
  ask: (retry: Retry) => set(retry),
  close: () => set(null),
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
  /** What waits for the confirmation; null where nothing does. */
  waiting: () => waiting,
};
