import { stat } from 'node:fs/promises'
import { UserError } from '../../core/support/user-error.ts'
import { isBucket } from '../../platform/catalogue/bucket.ts'
import { ANSWERED_WITHIN_MS, untilBack } from '../../platform/catalogue/connect.ts'
import { listPrefixes } from '../../platform/catalogue/file-rows.ts'
import { openQueue } from '../../platform/catalogue/queue.ts'
import { putPrecision } from '../../platform/catalogue/result-rows.ts'
import { startPools } from '../../platform/workers/thread-pools.ts'
import type { TaskRunner } from '../../platform/workers/worker-pool.ts'
import { createEars } from '../kit/ears.ts'
import { readBaseModel } from '../versions/base-model.ts'
import type { Analyst } from './analyse-stored.ts'
import { currentAnalysisSpec } from './analysis-spec.ts'
import { type Catalogue, reachCatalogue } from './catalogue.ts'
import { type WorkOptions, work } from './work.ts'

/** Beats are sought and frames measured side by side. */
const LEAST_THREADS = 2
/** Each file holds a connection while its result is kept; the queue and the beat want one each. */
const OTHER_CONNECTIONS = 3

/** A worker that does not see the music would only give up one file after the other. @throws STORAGE_UNREACHABLE */
const requirePrefixes = async ({ sql }: Pick<Catalogue, 'sql'>): Promise<void> => {
  for (const { url } of await listPrefixes(sql))
    if (!isBucket(url) && !(await stat(url).catch(() => null))?.isDirectory())
      throw new UserError('STORAGE_UNREACHABLE', `${url} is not mounted on this machine.`)
}

/** What analyses the files of a catalogue. @throws CATALOGUE_OTHER_ANALYSIS, INFERENCE_UNAVAILABLE */
export const makeAnalyst = async ({ row, sql, objects }: Catalogue, pool: TaskRunner): Promise<Analyst> => {
  const spec = currentAnalysisSpec()
  if (spec !== row.spec)
    throw new UserError('CATALOGUE_OTHER_ANALYSIS', 'This version of Algiers would analyse its tracks in another way.')
  const hearing = createEars(pool, () => ({ inferenceProvider: 'auto', earsFolder: '' }))
  const ears = await hearing.ready()
  if (ears === null) {
    const state = hearing.state()
    throw new UserError('INFERENCE_UNAVAILABLE', state.state === 'failed' ? state.problem.detail : 'No network hears.')
  }
  await putPrecision(sql, ears.digest, ears.precision)
  return { pool, ears, model: readBaseModel(), objects, spec }
}

/**
 * Analyses what waits in a catalogue, with the tasks that analyse a library, until it is told to stop.
 * @throws CATALOGUE_UNREACHABLE, CATALOGUE_MISSING, CATALOGUE_OTHER_ANALYSIS, STORAGE_UNREACHABLE, INFERENCE_UNAVAILABLE
 */
export const runWorker = async (
  url: string,
  { onReady, ...options }: WorkOptions & { readonly onReady?: () => void },
): Promise<void> => {
  const { concurrency, onEvent, signal } = options
  const most = concurrency + OTHER_CONNECTIONS
  const catalogue = await reachCatalogue(url, { most, answeredWithinMs: ANSWERED_WITHIN_MS })
  const pool = startPools({ size: Math.max(LEAST_THREADS, concurrency), lowPriority: true })
  try {
    await requirePrefixes(catalogue)
    const analyst = await makeAnalyst(catalogue, pool)
    const report = ({ message }: Error): void => onEvent({ type: 'waiting', reason: message })
    const queue = await untilBack(() => openQueue(catalogue, { supervises: true, report }), { signal })
    onReady?.()
    try {
      await work({ catalogue, queue, analyst }, options)
    } finally {
      await queue.close()
    }
  } finally {
    await pool.close()
    await catalogue.close()
  }
}
