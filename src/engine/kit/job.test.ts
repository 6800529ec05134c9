import { expect, test } from 'vitest'
import { formatJobId, isTerminal, JOB_STATUSES, LIVE_STATUSES, parseJobId } from './job.ts'

test('ids are read back, and what is no id is none', () => {
  expect(parseJobId(formatJobId(17))).toBe(17)
  expect(parseJobId('17')).toBe(17)
  for (const wrong of ['', 'job_', 'job_0', 'job_-1', 'job_1.5', 'JOB_1', ' job_1', 'job_1234567890123456'])
    expect(parseJobId(wrong)).toBeNull()
})

test('every status is live or terminal, not both', () => {
  for (const status of JOB_STATUSES) expect(LIVE_STATUSES.includes(status)).toBe(!isTerminal({ status }))
})
