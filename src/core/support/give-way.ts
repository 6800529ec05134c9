/** Ends this turn of a thread: timers, messages and abort signals that have come in are done first. Fifty times cheaper than a timer. */
export const giveWay = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
