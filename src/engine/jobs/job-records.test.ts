import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { UserError } from '../../core/support/user-error.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import type { Job } from '../kit/job.ts'
import { JobRecords, NOTHING_DONE } from './job-records.ts'
import { endedJob } from './job-recovery.ts'

let folder = ''
let store: Store
let records: JobRecords
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-records-'))
  store = openStore(folder)
  records = new JobRecords(store.jobs)
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

const add = (priority = 1): Job =>
  records.add({ kind: 'scan', status: 'pending', priority, payload: {}, progress: NOTHING_DONE })
/** Until the next `mockRestore`, no change of a job is written. */
const failing = (error: Error) =>
  vi.spyOn(store.jobs, 'update').mockImplementation(() => {
    throw error
  })
const FULL = new UserError('STORAGE_FULL', 'no room')

test('a job has its name and its priority in words', () => {
  expect([add(0), add(1), add(2)].map(({ jobId, priority }) => [jobId, priority])).toEqual([
    ['job_1', 'background'],
    ['job_2', 'normal'],
    ['job_3', 'urgent'],
  ])
  // A priority that a later version may have.
  expect(add(7).priority).toBe('normal')
  expect(records.get(9)).toBeNull()
})

test('jobs wait in the order in which they are to run, and a priority is only ever raised', () => {
  const [one, other] = [add(1), add(1)]
  expect(records.raisePriority(other.id, 2).priority).toBe('urgent')
  expect(records.raisePriority(other.id, 0).priority).toBe('urgent')
  expect(records.firstWaiting([]).map(({ id }) => id)).toEqual([other.id, one.id])
})

test('what a job came to is known while the disk is full, and written once it takes it', () => {
  const job = add()
  const update = failing(FULL)
  records.settle(endedJob(job, { status: 'completed', result: { analysed: 2 } }))
  const completed = { id: job.id, status: 'completed', result: { analysed: 2 } }
  expect(records.get(job.id)).toMatchObject(completed)
  expect(records.list()).toMatchObject([completed])
  expect(store.jobs.get(job.id)!.status).toBe('pending')
  records.writeSettled()
  update.mockRestore()
  expect(store.jobs.get(job.id)!.status).toBe('pending')
  records.writeSettled()
  expect(store.jobs.get(job.id)).toMatchObject(completed)
  // Nothing is left to write.
  const again = vi.spyOn(store.jobs, 'update')
  records.writeSettled()
  expect(again).not.toHaveBeenCalled()
})

test('a write that the disk refuses is told, one that fails for another reason is a bug', () => {
  const { id } = add()
  const update = failing(FULL)
  expect(records.write(id, { status: 'running' })).toBe(false)
  update.mockRestore()
  expect(records.write(id, { status: 'running' })).toBe(true)
  failing(new Error('a bug'))
  expect(() => records.write(id, { status: 'running' })).toThrow('a bug')
})

test('old jobs stay where the disk lets none be forgotten', () => {
  const { id } = add()
  vi.spyOn(store.jobs, 'forgetOld').mockImplementationOnce(() => {
    throw FULL
  })
  records.forgetOld(['pending'], { keep: 0, but: [] })
  expect(records.get(id)).not.toBeNull()
  records.forgetOld(['pending'], { keep: 0, but: ['scan'] })
  expect(records.get(id)).not.toBeNull()
  records.forgetOld(['pending'], { keep: 0, but: [] })
  expect(records.get(id)).toBeNull()
})
