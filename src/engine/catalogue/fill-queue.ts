import { buryFile, countOpen, takeWaiting } from '../../platform/catalogue/file-rows.ts'
import { countQueued, type Queue, recoverLost } from '../../platform/catalogue/queue.ts'
import type { Catalogue } from './catalogue.ts'

/** The queue holds no more than this, however many files wait: priorities are seen to at once, and its tables stay small. */
const MOST_QUEUED = 2000
const AT_ONCE = 500
/** Below this it is filled again. */
const FILL_BELOW = 1000

/**
 * Gives waiting files to the queue, as far as it has room, and buries those that no worker survived.
 * @returns how many were taken, and whether any file is still to be analysed
 */
export const fillQueue = async (
  { sql, transaction }: Pick<Catalogue, 'sql' | 'transaction'>,
  queue: Queue,
): Promise<{ readonly taken: number; readonly open: number }> => {
  await transaction(async (inside) => {
    for (const { fileId: id, jobId, reason } of await queue.takeHopeless(inside))
      await buryFile(inside, { id, jobId, ...reason })
  })
  const { waiting } = await countQueued(sql)
  let taken = 0
  if (waiting < FILL_BELOW)
    while (taken < MOST_QUEUED - waiting) {
      const count = await transaction(async (inside) => {
        const files = await takeWaiting(inside, AT_ONCE)
        if (files.length > 0) await queue.fill(inside, files)
        return files.length
      })
      taken += count
      if (count < AT_ONCE) break
    }
  if (taken === 0 && waiting === 0) await recoverLost(sql)
  return { taken, open: await countOpen(sql) }
}
