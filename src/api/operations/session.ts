import { z } from 'zod'
import { done, media } from './fields.ts'
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

const startAtLogin = z.strictObject({ on: z.boolean() })

const log = z.object({ path: z.string(), text: z.string() })

export const REPORT_TYPE = 'text/plain; charset=utf-8'

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
  eraseLibrary: post('/api/library/delete', {
    summary: 'Ends Algiers and deletes the library with its models and copies; music files stay.',
    body: z.strictObject({ confirm: z.literal('delete') }),
    response: { 202: done },
  }),
  bringToFront: post('/api/front', {
    summary: 'Asks the open pages to come to the front, and says whether one did.',
    response: { 200: z.object({ came: z.boolean() }) },
  }),
  loginStart: get('/api/login-start', {
    summary: 'Says whether Algiers is started when the person logs in.',
    response: { 200: startAtLogin },
  }),
  changeLoginStart: put('/api/login-start', {
    summary: 'Has Algiers started when the person logs in, or no longer.',
    body: startAtLogin,
    response: { 200: startAtLogin },
  }),
  log: get('/api/log', {
    summary: 'Gives the end of the log, and says where it lies.',
    response: { 200: log },
  }),
  report: get('/api/report', {
    summary:
      'Makes a report to be sent by hand: versions, health, last errors. Without names no title or path is in it.',
    query: z.strictObject({ names: z.enum(['true', 'false']).default('false') }),
    response: { 200: media('The report as text.', REPORT_TYPE) },
  }),
  cameToFront: put('/api/front', {
    summary: 'A page says that it is in front, as an event has asked it to be.',
    body: z.strictObject({ ask: z.uuid() }),
    response: { 200: done },
  }),
}
