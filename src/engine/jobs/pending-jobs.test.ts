import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openStore } from '../../platform/store/store.ts'
import { startPools } from '../../platform/workers/thread-pools.ts'
import { NO_EARS } from '../kit/ears.ts'
import { createEventLog } from '../kit/event-log.ts'
import { isTerminal, type Job } from '../kit/job.ts'
import { addLabelledTracks } from '../kit/library.fixture.ts'
import { trainJob } from '../versions/train-job.ts'
import type { JobDefinition } from './job-definition.ts'
import { JobQueue } from './job-queue.ts'

const drawing: JobDefinition<'draw', object, null> = {
  kind: 'draw',
  lane: 'library',
  firstStatus: 'running',
  isResumed: true,
  run: async ({ pool }) => {
    await pool.run('makePeaks', { sampleRate: 22_050, samples: new Float32Array(22_050) })
    return null
  },
}

test('a job is pending until a thread takes it, also where its lane is free', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'algiers-pending-'))
  const store = openStore(folder)
  addLabelledTracks(store)
  const events = createEventLog()
  const told: Job[] = []
  const reached = (id: number, isIt: (job: Job) => boolean): Promise<Job> =>
    new Promise((resolve) => {
      events.subscribe(
        ({ event }) => event.type === 'job' && event.job.id === id && isIt(event.job) && resolve(event.job),
      )
    })
  events.subscribe(({ event }) => event.type === 'job' && told.push(event.job))
  const pool = startPools({ size: 1 })
  const queue = new JobQueue(
    { store, pool, ears: NO_EARS, emit: events.append },
    { definitions: [trainJob, drawing], withPriority: (rank) => pool.withPriority(rank) },
  )
  queue.resume()
  const training = queue.start(trainJob, { exclude: [], seed: 1, epochs: 100_000 })
  await reached(training.id, ({ status }) => status === 'training')
  const { id } = queue.start(drawing, {})
  const ended = reached(id, isTerminal)
  expect(queue.get(id)).toMatchObject({ status: 'pending', startedAt: null })
  expect(store.jobs.get(id)).toMatchObject({ status: 'pending', startedAt: null })
  await queue.cancel(training.id)
  expect(await ended).toMatchObject({ attempt: 1, startedAt: expect.any(String) })
  const statuses = told.filter((job) => job.id === id).map(({ status }) => status)
  expect(statuses).toEqual(['pending', 'running', 'completed'])
  await queue.close()
  await pool.close()
  store.close()
  rmSync(folder, { recursive: true })
})
