import { setTimeout as wait } from 'node:timers/promises'
import { toErrorReport, UserError } from '../../core/support/user-error.ts'
import { putEvent } from '../../platform/catalogue/event-rows.ts'
import {
  beatJob,
  claimJob,
  endJob,
  giveBackJob,
  type JobRow,
  readJob,
  SILENT_SECONDS,
} from '../../platform/catalogue/job-rows.ts'
import { BEAT_MS } from '../../platform/catalogue/queue.ts'
import type { TaskRunner } from '../../platform/workers/worker-pool.ts'
import { RunningJob } from '../jobs/running-job.ts'
import { NO_EARS } from '../kit/ears.ts'
import { type TrainPayload, type TrainResult, trainJob } from '../versions/train-job.ts'
import { onBench } from './bench.ts'
import type { Catalogue } from './catalogue.ts'
import { toJob } from './shared-jobs.ts'
import { keepNewVersions } from './team-versions.ts'

/** A worker that says nothing for so long is taken for dead. */
const SILENT_MS = SILENT_SECONDS * 1000
/** A training whose workers died so often is what kills them. */
const MOST_TRIES = 5

const told = (running: RunningJob): Pick<JobRow, 'status' | 'progress'> => ({
  status: running.job.status,
  progress: { measure: running.job.progress, losses: running.losses() },
})

/**
 * Says every few seconds that the worker lives, and how far it is. Where the training is not its own any more, it ends.
 * @returns why it could not say so for so long that others take the worker for dead; null where it could
 */
const beating = async (
  { transaction }: Catalogue,
  row: JobRow,
  running: RunningJob,
  ended: AbortSignal,
): Promise<{ readonly error: unknown } | null> => {
  let missed = 0
  while (!ended.aborted) {
    let failure: { readonly error: unknown } | null = null
    const isOwn = await transaction(async (inside) => {
      if (!(await beatJob(inside, row, told(running)))) return false
      await putEvent(inside, row.teamId, { type: 'job', job: running.job })
      return true
    }).catch((error: unknown) => {
      failure = { error }
      return true
    })
    missed = failure === null ? 0 : missed + 1
    if (!isOwn) running.cancel.abort()
    if (missed * BEAT_MS >= SILENT_MS) {
      running.cancel.abort()
      return failure
    }
    await wait(BEAT_MS, undefined, { signal: ended, ref: false }).catch(() => null)
  }
  return null
}

/** Ends a training and tells of it. @param result null where it failed */
const end = async (
  { transaction }: Catalogue,
  row: JobRow,
  running: RunningJob,
  outcome: { readonly made: Awaited<ReturnType<typeof train>> } | { readonly error: unknown },
): Promise<void> => {
  const { progress } = told(running)
  await transaction(async (inside) => {
    const numbers = 'made' in outcome ? await keepNewVersions(inside, row.teamId, outcome.made.versions) : new Map()
    const result =
      'made' in outcome
        ? { ...outcome.made.result, version: numbers.get(outcome.made.result.version) ?? outcome.made.result.version }
        : null
    const error = 'error' in outcome ? toErrorReport(outcome.error) : null
    const status = error === null ? 'completed' : 'failed'
    // What a worker brings that was taken for dead, or after the training was cancelled, is dropped with its version.
    if (!(await endJob(inside, row, { status, progress, result, error }))) throw new Dropped()
    if (result !== null)
      await putEvent(inside, row.teamId, { type: 'models', change: 'published', version: result.version })
    const after = await readJob(inside, row.teamId, row.id)
    await putEvent(inside, row.teamId, { type: 'job', job: toJob(after!) })
  }).catch((error: unknown) => {
    if (!(error instanceof Dropped)) throw error
  })
}
class Dropped extends Error {}

const train = (catalogue: Catalogue, pool: TaskRunner, row: JobRow, running: RunningJob, signal: AbortSignal) =>
  onBench(catalogue, { teamId: row.teamId, labels: true, features: true }, async (store) => {
    const before = new Set(store.models.versions())
    const workspace = { store, pool, ears: NO_EARS, emit: () => {} }
    const result: TrainResult = await trainJob.run(workspace, row.payload as TrainPayload, {
      id: row.id,
      report: (update) => void running.update(update),
      signal,
    })
    const made = store.models.versions().filter((version) => !before.has(version))
    return { result, versions: made.map((version) => store.models.read(version)) }
  })

/**
 * Sees to a training that waits, or whose worker has fallen silent.
 * @param signal gives it back, for another worker to begin it again
 * @returns whether there was one
 */
export const trainNext = async (
  catalogue: Catalogue,
  pool: TaskRunner,
  { signal }: { readonly signal: AbortSignal },
): Promise<boolean> => {
  const row = await claimJob(catalogue.sql, trainJob.firstStatus)
  if (row === null) return false
  const running = new RunningJob(toJob(row))
  running.take({ status: trainJob.firstStatus, startedAt: row.startedAt!.toISOString() })
  if (row.attempt > MOST_TRIES) {
    const error = new UserError('INTERRUPTED', `${MOST_TRIES} workers stopped during this training.`)
    await end(catalogue, row, running, { error })
    return true
  }
  const ended = new AbortController()
  const beats = beating(catalogue, row, running, ended.signal)
  try {
    const made = await train(catalogue, pool, row, running, AbortSignal.any([signal, running.cancel.signal]))
    await end(catalogue, row, running, { made })
  } catch (error) {
    if (signal.aborted) await giveBackJob(catalogue.sql, row)
    else if (!running.cancel.signal.aborted) await end(catalogue, row, running, { error })
  } finally {
    ended.abort()
  }
  const lost = await beats
  if (lost !== null) throw lost.error
  return true
}
