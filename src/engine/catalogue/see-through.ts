import { setTimeout as wait } from 'node:timers/promises'
import { isLasting } from '../../core/library/lasting-failure.ts'
import { toErrorReport, UserError } from '../../core/support/user-error.ts'
import { pathOf } from '../../platform/catalogue/audio-storage.ts'
import { isCurrentSpec } from '../../platform/catalogue/catalogue-row.ts'
import { untilBack } from '../../platform/catalogue/connect.ts'
import { putEvent } from '../../platform/catalogue/event-rows.ts'
import {
  buryFile,
  type DeadLetter,
  finishFile,
  putOff,
  readWanted,
  type WantedFile,
} from '../../platform/catalogue/file-rows.ts'
import { BEAT_MS, type Claim, type Queue } from '../../platform/catalogue/queue.ts'
import { hasResult, putResult, putTrack } from '../../platform/catalogue/result-rows.ts'
import { findFfmpeg } from '../../platform/decoding/find-ffmpeg.ts'
import { type Analyst, analyseStored, type StoredOutcome } from './analyse-stored.ts'
import type { Catalogue } from './catalogue.ts'

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

export type Work = { readonly catalogue: Catalogue; readonly queue: Queue; readonly analyst: Analyst }

/** Failures that lie in the file: another try would end in the same way. */
const isOfFile = (error: unknown): error is UserError =>
  error instanceof UserError &&
  (isLasting(error.code, { hasFfmpeg: findFfmpeg() !== null }) ||
    ['AUDIO_CHANGED', 'AUDIO_NOT_FOUND', 'AUDIO_UNREADABLE', 'NOT_A_FILE', 'OUTSIDE_LIBRARY'].includes(error.code))

/** Failures of where music is read or derived bytes are written: no file is at fault, however often it is tried meanwhile. */
export const isOfStorage = (error: unknown): boolean =>
  error instanceof UserError &&
  ['STORAGE_UNREACHABLE', 'STORAGE_FULL', 'STORAGE_READ_ONLY', 'STORAGE_IO_ERROR', 'ACCESS_DENIED'].includes(error.code)

const OTHER_ANALYSIS = 'CATALOGUE_OTHER_ANALYSIS'

/** Keeps what was found, tells of it and takes the file off the queue, as one step. @throws CATALOGUE_OTHER_ANALYSIS */
const keep = (
  { catalogue, queue, analyst }: Work,
  {
    claim,
    file,
    outcome: { identified, result },
  }: { readonly claim: Claim; readonly file: WantedFile; readonly outcome: StoredOutcome },
): Promise<{ readonly trackId: number; readonly isNew: boolean }> =>
  catalogue.transaction(async (sql) => {
    // Whoever was migrated away amid a file would otherwise call it done in a way that nobody asks for any more.
    if (!(await isCurrentSpec(sql, analyst.spec)))
      throw new UserError(OTHER_ANALYSIS, 'The catalogue was migrated to another version of Algiers.')
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

/** Has the file wait again, and counts no try against it. */
const letWait = ({ catalogue, queue }: Work, claim: Claim, isStorageAway: boolean): Promise<void> =>
  catalogue.transaction(async (sql) => {
    await putOff(sql, { id: claim.fileId, jobId: claim.jobId, isStorageAway })
    await queue.settle(sql, claim)
  })

/** So long a prefix is left alone whose storage was away, so that others beside it come to their turn. */
const REST_MS = 30_000

/** Sees files through, one at a time: analysed, given up, or given back. @throws CATALOGUE_OTHER_ANALYSIS */
export const fileWorker = (work: Work, onEvent: (event: WorkEvent) => void): ((claim: Claim) => Promise<void>) => {
  const { catalogue, analyst, queue } = work
  const restsUntil = new Map<string, number>()
  const onWait = ({ message }: Error): void => onEvent({ type: 'waiting', reason: message })
  const patiently = <Result>(run: () => Promise<Result>): Promise<Result> => untilBack(run, { onWait })
  const giveBack = async (claim: Claim, file: WantedFile, error: unknown): Promise<void> => {
    const { code, detail } = toErrorReport(error)
    const told = { path: pathOf(file), code, detail }
    if (isOfFile(error)) {
      await patiently(() => bury(work, claim, { code, detail }))
      return onEvent({ type: 'dead', ...told })
    }
    const [isStorage, isOther] = [isOfStorage(error), code === OTHER_ANALYSIS]
    if (isStorage || isOther) await patiently(() => letWait(work, claim, isStorage))
    else await patiently(() => queue.giveBack(claim, { code, detail }))
    onEvent({ type: 'given back', ...told })
    if (isOther) throw error
    if (!isStorage) return
    restsUntil.set(file.prefix, performance.now() + REST_MS)
    // Whoever lost its storage must not take one file after the other only to give each back.
    await wait(BEAT_MS)
  }
  return async (claim) => {
    const began = performance.now()
    let waitedMs = 0
    const asking = async <Result>(run: () => Promise<Result>): Promise<Result> => {
      const asked = performance.now()
      try {
        return await patiently(run)
      } finally {
        waitedMs += performance.now() - asked
      }
    }
    const file = await asking(() => readWanted(catalogue.sql, claim.fileId, claim.jobId))
    if (file === null) return patiently(() => catalogue.transaction((sql) => queue.settle(sql, claim)))
    if ((restsUntil.get(file.prefix) ?? 0) > performance.now()) return patiently(() => letWait(work, claim, true))
    const isKnown = (digest: string): Promise<boolean> => asking(() => hasResult(catalogue.sql, digest, analyst.spec))
    try {
      const outcome = await analyseStored(analyst, file, { isKnown })
      const kept = await asking(() => keep(work, { claim, file, outcome }))
      const seconds = (performance.now() - began) / 1000
      onEvent({ type: 'analysed', path: pathOf(file), ...kept, seconds, waitedSeconds: waitedMs / 1000 })
    } catch (error) {
      await giveBack(claim, file, error)
    }
  }
}
