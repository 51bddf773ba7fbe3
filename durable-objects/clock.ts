/** Every object reads time here, so that a test moves it instead of sleeping. Epoch milliseconds. */
export const clock = { now: () => Date.now() };
