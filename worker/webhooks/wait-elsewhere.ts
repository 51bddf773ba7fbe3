/**
 * Waits for a promise that another request's work will settle, at most `ms`; undefined when it took longer.
 * The timer is not only a bound: a request that waits with no I/O of its own is taken for hung by the
 * runtime and cancelled.
 */
export async function waitElsewhere<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const bound = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([promise, bound]);
  } finally {
    clearTimeout(timer);
  }
}
