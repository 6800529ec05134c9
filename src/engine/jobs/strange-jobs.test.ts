import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { jobDefinitions } from '../../job-definitions.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import { inlineRunner } from '../../platform/workers/inline-runner.fixture.ts'
import { NO_EARS } from '../kit/ears.ts'
import { isTerminal, type Job } from '../kit/job.ts'
import { JobQueue } from './job-queue.ts'
import { NOTHING_DONE } from './job-records.ts'

let folder = ''
let store: Store
let told: Job[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-strange-'))
  store = openStore(folder)
  told = []
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

const leave = (kind: string, status: string): number =>
  store.jobs.add({ kind, status, priority: 1, payload: {}, progress: NOTHING_DONE }).id
const open = (): JobQueue =>
  new JobQueue(
    {
      store,
      pool: inlineRunner,
      ears: NO_EARS,
      emit: (event) => void (event.type === 'job' && told.push(event.job)),
    },
    { definitions: jobDefinitions },
  )

test.each([
  ['polish', 'pending'],
  ['polish', 'running'],
  ['polish', 'polishing'],
  ['train', 'dreaming'],
])('a %s job that a newer version left %s has failed, is told, and stops nothing else', async (kind, status) => {
  const id = leave(kind, status)
  const other = leave('scan', 'pending')
  const queue = open()
  expect(queue.get(id)).toMatchObject({ status: 'failed', error: { code: 'JOB_UNKNOWN' } })
  expect(told).toMatchObject([{ id, status: 'failed' }])
  expect(queue.list()).toHaveLength(2)
  queue.resume()
  while (!isTerminal(queue.get(other))) await new Promise((resolve) => setTimeout(resolve, 5))
  if (kind === 'polish')
    expect(() => queue.retryFailed(id)).toThrow(expect.objectContaining({ code: 'JOB_NOT_RETRYABLE' }))
  await queue.close()
})

test('a job whose row is damaged is told like any other', () => {
  const id = leave('scan', 'completed')
  const database = new DatabaseSync(store.directory.database)
  database.exec(`UPDATE jobs SET payload = '{', progress = 'x', result = '[', error = '"' WHERE id = ${id}`)
  database.close()
  expect(open().get(id)).toMatchObject({ status: 'completed', result: null, error: null, progress: NOTHING_DONE })
})
