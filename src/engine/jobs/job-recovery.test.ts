import { expect, test } from 'vitest'
import type { Job } from '../kit/job.ts'
import type { Workspace } from '../kit/workspace.ts'
import type { JobDefinition } from './job-definition.ts'
import { NOTHING_DONE } from './job-records.ts'
import { endedJob, recoverJob } from './job-recovery.ts'

const workspace = {} as Workspace
const JOB: Job = {
  id: 4,
  jobId: 'job_4',
  kind: 'look',
  status: 'running',
  priority: 'normal',
  payload: { at: 1 },
  progress: { ...NOTHING_DONE, stage: 'analysing', done: 3, total: 9, fraction: 1 / 3 },
  result: null,
  error: null,
  attempt: 1,
  createdAt: '2026-11-23T10:00:00.000Z',
  startedAt: '2026-11-23T10:00:01.000Z',
  completedAt: null,
}
const look: JobDefinition = {
  kind: 'look',
  lane: 'library',
  firstStatus: 'running',
  isResumed: true,
  run: async () => null,
}

test('an interrupted job waits again from its beginning, with the attempt counted', () => {
  expect(recoverJob(workspace, look, JOB)).toEqual({ ...JOB, status: 'pending', progress: NOTHING_DONE })
  expect(recoverJob(workspace, look, JOB, 0)).toMatchObject({ status: 'pending', attempt: 0 })
})

test('after three attempts it has failed, and says so by its name', () => {
  expect(recoverJob(workspace, look, { ...JOB, attempt: 2 }).status).toBe('pending')
  expect(recoverJob(workspace, look, { ...JOB, attempt: 3 })).toMatchObject({
    status: 'failed',
    result: null,
    error: {
      code: 'INTERRUPTED',
      detail: 'Algiers has ended 3 times while job_4 was running, so it is not begun again by itself.',
    },
    completedAt: expect.any(String),
  })
})

test('a kind that is left to the user has failed at the first time', () => {
  expect(recoverJob(workspace, { ...look, isResumed: false }, JOB)).toMatchObject({
    status: 'failed',
    error: { code: 'INTERRUPTED' },
  })
})

test('what had reached its result is completed with it, resumed or not; the job is told by its id', () => {
  const recover = (_: Workspace, id: number): unknown => (id === JOB.id ? { version: 7 } : null)
  for (const isResumed of [true, false]) {
    const recovered = recoverJob(workspace, { ...look, isResumed, recover }, JOB)
    expect(recovered).toMatchObject({ status: 'completed', result: { version: 7 }, error: null })
    expect(recoverJob(workspace, { ...look, isResumed, recover }, { ...JOB, id: 5 }).result).toBeNull()
  }
})

test('a job that ends keeps what it was, and has a result or a reason but not those of before', () => {
  const before = { ...JOB, result: { old: true } }
  expect(endedJob(before, { status: 'cancelled' })).toEqual({
    ...JOB,
    status: 'cancelled',
    completedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
  })
})
