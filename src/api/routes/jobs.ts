import { z } from 'zod'
import type { App } from '../../app.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import type { Job } from '../../engine/kit/job.ts'
import {
  analysisRequest,
  classificationRequest,
  job,
  jobKind,
  jobParams,
  jobQuery,
  scanRequest,
  started,
} from '../contract/jobs.ts'
import { requireJobId } from '../require-job-id.ts'
import type { ApiServer } from '../server.ts'

type JobView = z.infer<typeof job>

const jobView = (value: Job): JobView => ({ ...snakeCase(value), kind: jobKind.parse(value.kind) })

export const jobRoutes = (server: ApiServer, app: App): void => {
  server.get(
    '/api/jobs',
    { schema: { tags: ['jobs'], querystring: jobQuery, response: { 200: z.array(job) } } },
    async ({ query: { kind, limit } }) => (await app.jobs.list({ limit, ...(kind ? { kind } : {}) })).map(jobView),
  )
  server.get(
    '/api/jobs/:job_id',
    { schema: { tags: ['jobs'], params: jobParams, response: { 200: job } } },
    async ({ params }) => jobView(await app.jobs.get(requireJobId(params.job_id))),
  )
  server.post(
    '/api/jobs/:job_id/cancel',
    { schema: { tags: ['jobs'], params: jobParams, response: { 200: job } } },
    async ({ params }) => jobView(await app.jobs.cancel(requireJobId(params.job_id))),
  )
  server.post(
    '/api/jobs/:job_id/retry',
    { schema: { tags: ['jobs'], params: jobParams, response: { 202: job } } },
    async ({ params }, reply) => {
      reply.code(202)
      return jobView(await app.jobs.retryFailed(requireJobId(params.job_id)))
    },
  )
  server.post(
    '/api/scan',
    { schema: { tags: ['jobs'], body: scanRequest.nullish(), response: { 202: started } } },
    async ({ body }, reply) => {
      const { analyse, new_grids: newGrids } = body ?? { analyse: true, new_grids: false }
      reply.code(202)
      const { jobId } = await app.collection.startScan({ analyse, newGrids })
      return { job_id: jobId, message: 'scan started' }
    },
  )
  server.post(
    '/api/analyze',
    { schema: { tags: ['jobs'], body: analysisRequest.nullish(), response: { 202: started } } },
    async ({ body }, reply) => {
      const payload = { trackIds: body?.track_ids ?? null, newGrids: body?.new_grids ?? false }
      reply.code(202)
      const { jobId } = await app.analysis.start(payload)
      return { job_id: jobId, message: 'analysis started' }
    },
  )
  server.post(
    '/api/classify',
    { schema: { tags: ['jobs'], body: classificationRequest.nullish(), response: { 202: started } } },
    async ({ body }, reply) => {
      reply.code(202)
      const { jobId } = await app.reading.start({ version: body?.version ?? null, trackIds: body?.track_ids ?? null })
      return { job_id: jobId, message: 'classification started' }
    },
  )
}
