import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { giveWay } from '../../core/support/give-way.ts'
import { UserError } from '../../core/support/user-error.ts'
import { jobDefinitions } from '../../job-definitions.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import { inlineRunner } from '../../platform/workers/inline-runner.fixture.ts'
import { type ScanPayload, scanJob } from '../collection/scan-job.ts'
import { NO_EARS } from '../kit/ears.ts'
import { followingJob, type JobDefinition } from './job-definition.ts'
import { JobQueue } from './job-queue.ts'

let folder = ''
let store: Store
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-limits-'))
  store = openStore(folder)
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A queue that nobody lets run. */
const open = (): JobQueue =>
  new JobQueue({ store, pool: inlineRunner, ears: NO_EARS, emit: () => {} }, { definitions: jobDefinitions })
const SCAN: ScanPayload = { analyse: true, newGrids: false }

test('of jobs that have ended the newest 500 are kept, and every training', () => {
  const end = (kind: string, status = 'completed'): number => {
    const { id } = store.jobs.add({ kind, status: 'pending', priority: 0, payload: {}, progress: {} })
    store.jobs.update(id, { status })
    return id
  }
  const train = end('train')
  const waiting = end('scan', 'pending')
  const scans = Array.from({ length: 510 }, () => end('scan'))
  const kept = new Set(
    open()
      .list()
      .map(({ id }) => id),
  )
  expect([train, waiting].every((id) => kept.has(id))).toBe(true)
  expect(scans.filter((id) => kept.has(id))).toEqual(scans.slice(-500))
})

test('a thousand jobs may wait, not more', () => {
  for (let index = 0; index < 1000; index++)
    store.jobs.add({ kind: 'analyse', status: 'pending', priority: 0, payload: { index }, progress: {} })
  const queue = open()
  expect(() => queue.start(scanJob, SCAN)).toThrow(expect.objectContaining({ code: 'QUEUE_FULL' }))
  // What only follows from something that is done is left out.
  queue.follow(followingJob(scanJob, SCAN))
  expect(queue.list({ kind: 'scan' })).toEqual([])
})

test('a job that does not end in time is left as it is, and harms nobody when it ends after all', async () => {
  const { promise, reject } = Promise.withResolvers<never>()
  const endless: JobDefinition = {
    ...scanJob,
    run: (_workspace, _payload, { report }) => {
      report({ done: 1 })
      return promise
    },
  }
  const stuck = new JobQueue({ store, pool: inlineRunner, ears: NO_EARS, emit: () => {} }, { definitions: [endless] })
  stuck.resume()
  const { id } = stuck.start(endless, SCAN)
  while (store.jobs.get(id)!.status !== 'running') await giveWay()
  await stuck.close()
  expect(store.jobs.get(id)).toMatchObject({ status: 'running' })
  store.close()
  const unhandled: unknown[] = []
  const onUnhandled = (error: unknown): void => void unhandled.push(error)
  process.on('unhandledRejection', onUnhandled)
  reject(new Error('too late'))
  await new Promise((resolve) => setTimeout(resolve, 50))
  process.off('unhandledRejection', onUnhandled)
  expect(unhandled).toEqual([])
  store = openStore(folder)
  expect(open().get(id)).toMatchObject({ status: 'pending' })
})

test('a job whose end the disk did not take is not cancelled with the others of its kind', async () => {
  const full = vi.spyOn(store.jobs, 'update')
  const run: JobDefinition['run'] = async () => {
    full.mockImplementation(() => {
      throw new UserError('STORAGE_FULL', 'no room')
    })
    return {}
  }
  const ending: JobDefinition = { ...scanJob, run }
  const queue = new JobQueue({ store, pool: inlineRunner, ears: NO_EARS, emit: () => {} }, { definitions: [ending] })
  queue.resume()
  const { id } = queue.start(ending, SCAN)
  await expect.poll(() => queue.get(id).status).toBe('completed')
  await queue.cancelAll(ending)
  full.mockRestore()
  await queue.cancelAll(ending)
  expect(store.jobs.get(id)!.status).toBe('completed')
})
