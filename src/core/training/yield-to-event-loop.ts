/** @file Lets timers, messages and abort signals through in the middle of a long computation; fifty times cheaper than a timer. */
export const yieldToEventLoop = (): Promise<void> => new Promise((resume) => setImmediate(resume))
