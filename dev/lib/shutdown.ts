const tasks: (() => Promise<void> | void)[] = [];
let running: Promise<void> | null = null;

/** Runs before the process ends on a signal or with its parent; the last added goes first. */
export const onShutdown = (task: () => Promise<void> | void): void => {
  tasks.push(task);
};

/** Does every task once and exits. A task that fails does not keep the others from running. */
export function shutDown(code: number): Promise<void> {
  running ??= (async () => {
    for (const task of tasks.reverse()) {
      try {
        await task();
      } catch (error) {
        console.error(error);
        code = code || 1;
      }
    }
    process.exit(code);
  })();
  return running;
}

/** Ctrl-C, SIGTERM, a closed terminal and the end of our parent all stop the instance the same way. */
export function stopOnSignals(): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => void shutDown(0));
  }
  process.on("disconnect", () => void shutDown(0));
  process.channel?.unref();
}

/** Libraries that end the process on a signal by themselves leave no time to stop cleanly: not here. */
export async function withoutSignalHandlers<T>(make: () => Promise<T>): Promise<T> {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const before = signals.map((signal) => process.listeners(signal));
  const made = await make();
  signals.forEach((signal, index) => {
    for (const listener of process.listeners(signal)) {
      if (!before[index]?.includes(listener)) process.removeListener(signal, listener);
    }
  });
  return made;
}
