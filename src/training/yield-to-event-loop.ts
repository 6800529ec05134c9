/** @file Lets timers, messages and abort signals through in the middle of a long computation. */
export const yieldToEventLoop = (): Promise<void> => new Promise((resume) => setTimeout(resume, 0))
