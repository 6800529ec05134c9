import { randomUUID } from 'node:crypto'
import type { JobQueue } from '../jobs/job-queue.ts'
import type { EventLog } from '../kit/event-log.ts'
import type { LeftJob } from '../kit/job.ts'

/** A page says by then whether it came to the front; another is opened otherwise. */
const ANSWERS_WITHIN_MS = 700

/** From the start of Algiers to its end, and the windows that are open meanwhile. */
export type SessionActions = {
  /** Asks whoever opened the library to close it and open it anew. */
  readonly renew: () => Promise<void>
  /** Aborts once that was asked for. */
  readonly renewal: AbortSignal
  /** Refuses where nobody who asks may end the server: its answer comes before its end does. @throws NOT_IN_A_CATALOGUE */
  readonly mayQuit: () => Promise<void>
  /** Asks whoever opened the library to close it for good. @param erasing whether it is to be deleted then */
  readonly quit: (erasing?: boolean) => Promise<void>
  /** Aborts once that was asked for. */
  readonly quitting: AbortSignal
  /** Whether the library is to be deleted once it is closed. */
  readonly isErasing: () => Promise<boolean>
  /** Jobs that a quit leaves off or lets wait. */
  readonly leftJobs: () => Promise<readonly LeftJob[]>
  /** Asks all pages to come to the front. @returns whether one did */
  readonly bringToFront: () => Promise<boolean>
  /** A page tells that it is in front, as it was asked to be. */
  readonly cameToFront: (ask: string) => Promise<void>
}

export const sessionActions = (
  { append }: Pick<EventLog, 'append'>,
  queue: Pick<JobQueue, 'leftJobs'>,
  answersWithinMs = ANSWERS_WITHIN_MS,
): SessionActions => {
  const [quitting, renewal] = [new AbortController(), new AbortController()]
  let isErasing = false
  const asked = new Map<string, (came: boolean) => void>()
  return {
    renew: async () => renewal.abort(),
    renewal: renewal.signal,
    mayQuit: async () => {},
    quit: async (erasing = false) => {
      isErasing = erasing
      append({ type: 'quit', erasing })
      quitting.abort()
    },
    quitting: quitting.signal,
    isErasing: async () => isErasing,
    leftJobs: async () => queue.leftJobs(),
    bringToFront: async () => {
      const ask = randomUUID()
      try {
        return await new Promise<boolean>((resolve) => {
          setTimeout(resolve, answersWithinMs, false).unref()
          asked.set(ask, resolve)
          append({ type: 'front', ask })
        })
      } finally {
        asked.delete(ask)
      }
    },
    cameToFront: async (ask) => asked.get(ask)?.(true),
  }
}
