import { setTimeout as wait } from 'node:timers/promises'
import { isLasting } from '../../core/library/lasting-failure.ts'
import { toErrorReport, UserError } from '../../core/support/user-error.ts'
import { pathOf } from '../../platform/catalogue/audio-storage.ts'
import { isPassing, untilBack } from '../../platform/catalogue/connect.ts'
import { putEvent } from '../../platform/catalogue/event-rows.ts'
import {
  buryFile,
  type DeadLetter,
  finishFile,
  readWanted,
  type WantedFile,
} from '../../platform/catalogue/file-rows.ts'
import { BEAT_MS, type Claim, type Queue } from '../../platform/catalogue/queue.ts'
import { hasResult, putResult, putTrack } from '../../platform/catalogue/result-rows.ts'
import { findFfmpeg } from '../../platform/decoding/find-ffmpeg.ts'
import { type Analyst, analyseStored, type StoredOutcome } from './analyse-stored.ts'
import type { Catalogue } from './catalogue.ts'
import { fillQueue } from './fill-queue.ts'
import { runErrands } from './run-errands.ts'

/** What a worker tells of. */
export type WorkEvent =
  | {
      readonly type: 'analysed'
      readonly path: string
      readonly trackId: number
      readonly isNew: boolean
      readonly seconds: number
      readonly waitedSeconds: number
    }
  | { readonly type: 'dead'; readonly path: string; readonly code: string; readonly detail: string }
  | { readonly type: 'given back'; readonly path: string; readonly code: string; readonly detail: string }
  | { readonly type: 'waiting'; readonly reason: string }

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

/** Failures that lie in the file: another try would end in the same way. */
const isOfFile = (error: unknown): error is UserError =>
  error instanceof UserError &&
  (isLasting(error.code, { hasFfmpeg: findFfmpeg() !== null }) ||
    ['AUDIO_CHANGED', 'AUDIO_NOT_FOUND', 'AUDIO_UNREADABLE', 'NOT_A_FILE', 'OUTSIDE_LIBRARY'].includes(error.code))

const isStorageAway = (error: unknown): boolean => error instanceof UserError && error.code === 'STORAGE_UNREACHABLE'

type Work = { readonly catalogue: Catalogue; readonly queue: Queue; readonly analyst: Analyst }

/** Keeps what was found, tells of it and takes the file off the queue, as one step. @returns the track, and whether the result is new */
const keep = (
  { catalogue, queue }: Work,
  {
    claim,
    file,
    outcome: { identified, result },
  }: { readonly claim: Claim; readonly file: WantedFile; readonly outcome: StoredOutcome },
): Promise<{ readonly trackId: number; readonly isNew: boolean }> =>
  catalogue.transaction(async (sql) => {
    const trackId = await putTrack(sql, { ...identified, path: pathOf(file) })
    const isNew = result !== null && (await putResult(sql, { ...result, trackId }))
    await finishFile(sql, { id: file.id, jobId: claim.jobId, trackId, fileDigest: identified.fileDigest })
    await queue.settle(sql, claim)
    if (isNew) await putEvent(sql, null, { type: 'analysis', trackId, failure: null })
    return { trackId, isNew }
  })

const bury = ({ catalogue, queue }: Work, claim: Claim, reason: DeadLetter): Promise<void> =>
  catalogue.transaction(async (sql) => {
    await buryFile(sql, { id: claim.fileId, jobId: claim.jobId, ...reason })
    await queue.settle(sql, claim)
  })

/** Sees one file through: analysed, given up, or given back. */
const seeThrough = async (work: Work, claim: Claim, { onEvent }: WorkOptions): Promise<void> => {
  const { catalogue, analyst, queue } = work
  const onWait = ({ message }: Error): void => onEvent({ type: 'waiting', reason: message })
  const began = performance.now()
  const file = await untilBack(() => readWanted(catalogue.sql, claim.fileId, claim.jobId), { onWait })
  if (file === null) return untilBack(() => catalogue.transaction((sql) => queue.settle(sql, claim)), { onWait })
  const path = pathOf(file)
  const isKnown = (digest: string): Promise<boolean> =>
    untilBack(() => hasResult(catalogue.sql, digest, analyst.spec), { onWait })
  try {
    const asked = performance.now()
    const outcome = await analyseStored(analyst, file, { isKnown })
    const made = performance.now()
    const kept = await untilBack(() => keep(work, { claim, file, outcome }), { onWait })
    const ended = performance.now()
    const waited = asked - began + (ended - made)
    onEvent({ type: 'analysed', path, ...kept, seconds: (ended - began) / 1000, waitedSeconds: waited / 1000 })
  } catch (error) {
    const { code, detail } = toErrorReport(error)
    if (isOfFile(error)) {
      await untilBack(() => bury(work, claim, { code, detail }), { onWait })
      onEvent({ type: 'dead', path, code, detail })
      return
    }
    await untilBack(() => queue.giveBack(claim, { code, detail }), { onWait })
    onEvent({ type: 'given back', path, code, detail })
    // Whoever lost its storage must not take one file after the other only to give each back.
    if (isStorageAway(error)) await wait(BEAT_MS)
  }
}

/** Analyses what waits in the catalogue, until it is told to stop; then it finishes what it has begun. */
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
  const begin = (claim: Claim): void => {
    const seeing = seeThrough(work, claim, options)
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
