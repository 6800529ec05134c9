import { setTimeout as wait } from 'node:timers/promises'
import { untilBack } from '../../platform/catalogue/connect.ts'
import { isPassing } from '../../platform/catalogue/connection-errors.ts'
import { BEAT_MS, type Claim } from '../../platform/catalogue/queue.ts'
import { fillQueue } from './fill-queue.ts'
import { runErrands } from './run-errands.ts'
import { fileWorker, type Work, type WorkEvent } from './see-through.ts'

export type WorkOptions = {
  /** How many files are analysed at once. */
  readonly concurrency: number
  /** Ends the work: what was begun is finished, and nothing more is begun. */
  readonly signal: AbortSignal
  readonly onEvent: (event: WorkEvent) => void
  /** Ends once nothing waits. @default false */
  readonly untilDone?: boolean
}

const IDLE_MS = 1000

/** Analyses what waits in the catalogue, until it is told to stop; then it finishes what it has begun. @throws CATALOGUE_OTHER_ANALYSIS */
export const work = async (work: Work, options: WorkOptions): Promise<void> => {
  const { catalogue, queue } = work
  const { concurrency, signal, onEvent, untilDone = false } = options
  const running = new Map<Claim, Promise<void>>()
  const failures: unknown[] = []
  let isOpen = true
  const onWait = ({ message }: Error): void => onEvent({ type: 'waiting', reason: message })
  const beating = async () => {
    while (isOpen) {
      // Where the database is away, what lives is not known; the next beat tells.
      await queue.beat([...running.keys()]).catch((error: unknown) => {
        if (!isPassing(error)) failures.push(error)
      })
      await Promise.race([wait(BEAT_MS, undefined, { ref: false }), ended.promise])
    }
  }
  const ended = Promise.withResolvers<void>()
  const beats = beating()
  const [ending, failed] = [new AbortController(), new AbortController()]
  const errands = runErrands(work, {
    signal: AbortSignal.any([signal, failed.signal]),
    ending: ending.signal,
    onFailure: onWait,
  })
  const pause = (ms: number): Promise<unknown> => wait(ms, undefined, { signal, ref: false }).catch(() => null)
  const seeThrough = fileWorker(work, onEvent)
  const begin = (claim: Claim): void => {
    const seeing = seeThrough(claim)
      .catch((error: unknown) => void failures.push(error))
      .finally(() => running.delete(claim))
    running.set(claim, seeing)
  }
  try {
    while (!signal.aborted && failures.length === 0) {
      const free = concurrency - running.size
      const claims = free > 0 ? await untilBack(() => queue.claim(free), { onWait, signal }) : []
      for (const claim of claims) begin(claim)
      if (claims.length < free) {
        const filled = await untilBack(() => fillQueue(catalogue, queue), { onWait, signal })
        if (filled.open === 0 && running.size === 0 && untilDone) break
        if (filled.taken === 0) await Promise.race([pause(IDLE_MS), ...running.values()])
      } else await Promise.race([...running.values(), pause(BEAT_MS)])
    }
  } catch (error) {
    if (!signal.aborted) failures.push(error)
  }
  if (failures.length > 0) failed.abort()
  ending.abort()
  await Promise.all([...running.values(), errands])
  isOpen = false
  ended.resolve()
  await beats
  if (failures.length > 0) throw failures[0]
}
