import { expect, test } from 'vitest'
import type { Job } from '../../engine/kit/job.ts'
import { jobDocument } from './job-document.ts'

const analyse = (result: unknown): Job => ({
  id: 3,
  jobId: 'job_3',
  kind: 'analyse',
  status: 'completed',
  priority: 'normal',
  payload: {},
  progress: { stage: null, done: 1, total: 1, item: null, fraction: 1, etaSeconds: null, training: null },
  result,
  error: null,
  attempt: 1,
  createdAt: '2026-01-01T00:00:00Z',
  startedAt: null,
  completedAt: null,
})

test('the result of a job is told where it has the shape of its kind, and left out where another version kept another', () => {
  const result = { analysed: 1, upToDate: 2, unreachable: 0, failures: [] }
  expect(jobDocument(analyse(result)).result).toEqual({ analysed: 1, up_to_date: 2, unreachable: 0, failures: [] })
  expect(jobDocument(analyse({ analysed: 'all' }))).toMatchObject({
    job_id: 'job_3',
    status: 'completed',
    result: null,
  })
})

test('a job of a kind that nobody here knows is told as such', () => {
  expect(jobDocument({ ...analyse({ shine: 1 }), kind: 'polish' })).toMatchObject({ kind: 'unknown', result: null })
})
