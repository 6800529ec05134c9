import { z } from 'zod'
import { done } from './fields.ts'
import { job } from './jobs.ts'
import { operationsOf } from './operation.ts'

/** What a quit leaves off. */
export const leftJobs = z.object({
  /** Jobs that run or wait. */
  jobs: z.array(
    z.object({
      job,
      /** Whether the next start goes on with it by itself; otherwise it has to be started again. */
      goes_on: z.boolean(),
    }),
  ),
})

const { get, post, put } = operationsOf('system')

export const sessionOperations = {
  leftJobs: get('/api/quit', {
    summary: 'Says which jobs a quit would leave off, and which go on at the next start.',
    response: { 200: leftJobs },
    staleAfter: ['job'],
  }),
  quit: post('/api/quit', {
    summary: 'Ends Algiers: the server answers, closes the library and is gone.',
    response: { 202: done },
  }),
  bringToFront: post('/api/front', {
    summary: 'Asks the open pages to come to the front, and says whether one did.',
    response: { 200: z.object({ came: z.boolean() }) },
  }),
  cameToFront: put('/api/front', {
    summary: 'A page says that it is in front, as an event has asked it to be.',
    body: z.strictObject({ ask: z.uuid() }),
    response: { 200: done },
  }),
}
