/** Ends this turn of the thread that answers: whatever else has come in is done first. */
export const giveWay = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
