import fc from 'fast-check'
import { expect, test } from 'vitest'
import { JOB_PRIORITIES } from '../kit/job.ts'
import type { JobLane } from './job-definition.ts'
import { jobsToBegin } from './job-lanes.ts'

const LANES: Readonly<Record<string, JobLane>> = { scan: 'library', analyse: 'library', train: 'training' }
const laneOf = (kind: string): JobLane => LANES[kind]!

test('one job a lane begins, an urgent one beside it', () => {
  const [scan, analyse, train, look] = [
    { kind: 'scan', priority: 'normal' },
    { kind: 'analyse', priority: 'normal' },
    { kind: 'train', priority: 'normal' },
    { kind: 'analyse', priority: 'urgent' },
  ] as const
  expect(jobsToBegin([look, scan, analyse, train], [], laneOf)).toEqual([look, scan, train])
  expect(jobsToBegin([look, analyse, train], [scan], laneOf)).toEqual([look, train])
  expect(jobsToBegin([look, analyse], [scan, look], laneOf)).toEqual([])
})

test('what begins never shares a place with what runs, and nothing waits while its place is free', () => {
  const job = fc.record({ kind: fc.constantFrom(...Object.keys(LANES)), priority: fc.constantFrom(...JOB_PRIORITIES) })
  const place = (one: { readonly kind: string; readonly priority: string }): string =>
    `${laneOf(one.kind)} ${one.priority === 'urgent'}`
  fc.assert(
    fc.property(fc.array(job), (waiting) => {
      const begun = jobsToBegin(waiting, [], laneOf)
      expect(new Set(begun.map(place)).size).toBe(begun.length)
      expect(new Set(begun.map(place))).toEqual(new Set(waiting.map(place)))
    }),
  )
})
